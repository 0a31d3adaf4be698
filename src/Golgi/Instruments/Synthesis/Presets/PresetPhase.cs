using Golgi.Ascent;
using Golgi.Ascent.Objectives;

namespace Golgi.Instruments.Synthesis.Presets;

/// <summary>A phase of a <see cref="Preset"/>.</summary>
/// <param name="Phase">The phase; its objective is filled in later.</param>
/// <param name="Scale">On which scale a class is asked for; null: as the user says, or the logit.</param>
public sealed record PresetPhase(AscentPhase Phase, ClassScale? Scale = null);

using Golgi.Ascent;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>What <see cref="SeeJob"/> left in its run.</summary>
/// <param name="Images">One entry for each picture.</param>
/// <param name="Seconds">How long making them took.</param>
/// <param name="Outcome">The first outcome that is not "finished", if any.</param>
/// <param name="Sheet">The contact sheet, in the run's artifacts.</param>
/// <param name="Preset">The settings.</param>
public sealed record SeeResult(IReadOnlyList<SeenPicture> Images, double Seconds, AscentOutcome Outcome, string Sheet, string Preset);

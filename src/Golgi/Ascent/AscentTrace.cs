using Golgi.Ascent.Steps;

namespace Golgi.Ascent;

/// <summary>What happened to one picture.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Scores">The objective in each step, before it.</param>
/// <param name="Terms">In the probabilistic form, of each step, how large its three terms were; otherwise
/// empty.</param>
public sealed record AscentTrace(
    AscentOutcome Outcome, int Steps, IReadOnlyList<double> Scores, IReadOnlyList<LangevinTerms> Terms);

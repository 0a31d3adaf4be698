namespace Golgi.Ascent;

/// <summary>What happened to one picture.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Scores">The objective in each step, before it.</param>
/// <param name="Terms">Of each step that has drifts, how large the term of each was, by its name: the mean over the coordinates of its size.
/// Empty where steps have none.</param>
public sealed record AscentTrace(
    AscentOutcome Outcome, int Steps, IReadOnlyList<double> Scores, IReadOnlyList<IReadOnlyDictionary<string, double>> Terms);

namespace Golgi.Ascent;

/// <summary>What happened to one picture.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Scores">The objective in each step, before it.</param>
/// <param name="Terms">By the name of each drift, how large its term was in each step that has drifts, as the mean over the coordinates of its
/// size; empty where steps have none.</param>
public sealed record AscentTrace(
    AscentOutcome Outcome, int Steps, IReadOnlyList<double> Scores, IReadOnlyDictionary<string, IReadOnlyList<double>> Terms);

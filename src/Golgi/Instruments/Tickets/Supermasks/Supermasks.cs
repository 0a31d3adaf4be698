namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>What masks over untrained weights know.</summary>
/// <param name="Network">Which network.</param>
/// <param name="Data">Which data.</param>
/// <param name="Heuristic">Masks cut from a trained network, best first; null where none were asked for.</param>
/// <param name="Learned">Masks that were learned, by their method; null where none were asked for.</param>
public sealed record Supermasks(
    string Network, string Data, IReadOnlyList<HeuristicMask>? Heuristic, IReadOnlyDictionary<string, LearnedMasks>? Learned);

namespace Golgi.Networks;

/// <summary>What became of one tensor of a network when weights were looked for.</summary>
/// <param name="Name">The network's name for it.</param>
/// <param name="Shape">The network's shape.</param>
/// <param name="Source">The file's name for it, or the likeliest one; null where there is none.</param>
/// <param name="SourceShape">Its shape in the file.</param>
/// <param name="Verdict">How the two fit.</param>
public sealed record WeightMatch(
    string Name, IReadOnlyList<long> Shape, string? Source, IReadOnlyList<long>? SourceShape, WeightVerdict Verdict);

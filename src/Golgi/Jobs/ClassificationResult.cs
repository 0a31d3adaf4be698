using Golgi.Inspection;

namespace Golgi.Jobs;

/// <summary>What a network takes photographs for.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Photos">One entry for each photograph, in the order in which they were named.</param>
public sealed record ClassificationResult(string Network, IReadOnlyList<PhotoClasses> Photos);

using Golgi.Inspection;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="TopJob"/> found.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Units">Those that were asked for.</param>
/// <param name="Sheet">What they saw, in the run's artifacts; null where inputs are not pictures.</param>
public sealed record TopResult(string Layer, IReadOnlyList<UnitTops> Units, string? Sheet);

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="InvertJob"/> found.</summary>
/// <param name="Layers">Layer by layer.</param>
/// <param name="Sheet">The given picture and what came of it, in the run's artifacts.</param>
public sealed record InvertResult(IReadOnlyList<InvertedLayer> Layers, string Sheet);

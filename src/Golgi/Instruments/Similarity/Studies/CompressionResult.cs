namespace Golgi.Instruments.Similarity.Studies;

/// <summary>A network made smaller in several ways.</summary>
/// <param name="Layers">The layers that were made smaller where that saves weights.</param>
/// <param name="Points">Accuracy and size, by source of the directions and share kept.</param>
public sealed record CompressionResult(IReadOnlyList<string> Layers, IReadOnlyList<CompressionPoint> Points);

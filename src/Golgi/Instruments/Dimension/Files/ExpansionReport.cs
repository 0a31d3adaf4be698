namespace Golgi.Instruments.Dimension.Files;

/// <summary>A network made again from its seed and coordinates.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Weights">D.</param>
/// <param name="Dimension">d.</param>
/// <param name="Projection">The projection's name.</param>
/// <param name="Seed">Of first weights and projection.</param>
/// <param name="Code">How coordinates are written.</param>
/// <param name="TestAccuracy">On the data set that was asked for; null without one.</param>
/// <param name="Predictions">SHA-256 over the predicted classes of its test examples.</param>
/// <param name="WrittenTo">Where the weights were written; null where they were not.</param>
public sealed record ExpansionReport(
    string File,
    long Bytes,
    string Model,
    long Weights,
    int Dimension,
    string Projection,
    ulong Seed,
    string Code,
    double? TestAccuracy,
    string? Predictions,
    string? WrittenTo);

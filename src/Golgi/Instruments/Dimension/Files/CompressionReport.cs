namespace Golgi.Instruments.Dimension.Files;

/// <summary>A network written as a seed and coordinates.</summary>
/// <param name="File">The file, among the run's artifacts.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Weights">D, the weights that it makes.</param>
/// <param name="Dimension">d, the coordinates that it holds.</param>
/// <param name="Code">How they are written.</param>
/// <param name="TestAccuracy">Of the network that the file makes, on the test set.</param>
/// <param name="ExactAccuracy">Before coordinates were rounded.</param>
/// <param name="Predictions">SHA-256 over the predicted classes of all test examples.</param>
/// <param name="DescriptionBits">Length of the description: the file's bits, with a codebook's use counted by its entropy.</param>
/// <param name="Ratio">How many times smaller than float32 weights.</param>
/// <param name="ErrorBound">The error on new data is below this with probability 0.95 (Occam bound from the description's length); 1 or more says
/// nothing.</param>
public sealed record CompressionReport(
    string File,
    long Bytes,
    long Weights,
    int Dimension,
    string Code,
    double TestAccuracy,
    double ExactAccuracy,
    string Predictions,
    double DescriptionBits,
    double Ratio,
    double ErrorBound);

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>A network before and after its dead units and channels were removed.</summary>
/// <param name="Network">Which.</param>
/// <param name="Layers">What was removed.</param>
/// <param name="ParametersBefore">Weights and biases before, zeros included.</param>
/// <param name="ParametersAfter">And after.</param>
/// <param name="NonZeroBefore">Weights and biases that were not zero.</param>
/// <param name="LargestDifference">Of any output between the two, over a thousand test examples or, without data, random inputs.</param>
/// <param name="LargestOutput">The largest of these outputs: what differences are measured by.</param>
/// <param name="AccuracyBefore">Test accuracy before; null without data.</param>
/// <param name="AccuracyAfter">And after.</param>
/// <param name="File">The smaller network, an ONNX file among the run's artifacts.</param>
public sealed record ShrinkResult(
    string Network,
    IReadOnlyList<ShrunkLayer> Layers,
    long ParametersBefore,
    long ParametersAfter,
    long NonZeroBefore,
    double LargestDifference,
    double LargestOutput,
    double? AccuracyBefore,
    double? AccuracyAfter,
    string File)
{
    /// <summary>Whether the two compute the same: outputs differ by less than a ten-thousandth of the largest.</summary>
    public bool Agrees => LargestDifference <= 1e-4 * LargestOutput;
}

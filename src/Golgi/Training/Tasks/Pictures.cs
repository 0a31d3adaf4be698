using Golgi.Data;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Training.Tasks;

/// <summary>Pictures in [0, 1], such as an autoencoder's: a loss per pixel, measured by mean squared error and its signal-to-noise ratio,
/// −10 log₁₀ of it, in decibels.</summary>
/// <param name="loss">What training makes small.</param>
/// <remarks>Outputs may have any shape with as many numbers as the picture, so that a perceptron can draw too.</remarks>
public sealed class Pictures(PictureLoss loss = PictureLoss.SquaredError) : LearningTask
{
    /// <inheritdoc/>
    public override string Name => "pictures";

    /// <inheritdoc/>
    public override OutputKind Outputs => OutputKind.Picture;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics { get; } =
        [new("mse", Direction.LessIsBetter), new("psnr", Direction.MoreIsBetter), Metric.Loss];

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, Tensor targets)
    {
        var (drawn, truth) = Flat(outputs, targets);
        return loss == PictureLoss.SquaredError
            ? nn.functional.mse_loss(drawn, truth)
            : nn.functional.binary_cross_entropy(drawn, truth);
    }

    /// <inheritdoc/>
    public override Tensor Tally(Tensor outputs, Tensor targets)
    {
        var (drawn, truth) = Flat(outputs, targets);
        (drawn, truth) = (drawn.to(ScalarType.Float64), truth.to(ScalarType.Float64));
        var error = (drawn - truth).square().mean([1]).sum();
        return loss == PictureLoss.SquaredError
            ? stack([error, error])
            : stack([error, nn.functional.binary_cross_entropy(drawn, truth, reduction: nn.Reduction.None).mean([1]).sum()]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values(IReadOnlyList<double> tally, long count)
    {
        ArgumentNullException.ThrowIfNull(tally);
        double mean = tally[0] / count;
        return [mean, -10 * Math.Log10(mean), tally[1] / count];
    }

    private static (Tensor Drawn, Tensor Truth) Flat(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        var pair = (Drawn: outputs.flatten(1), Truth: targets.flatten(1));
        Check.SameShape(pair.Drawn, pair.Truth);
        return pair;
    }
}

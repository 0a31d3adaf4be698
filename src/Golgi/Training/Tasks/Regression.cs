using Golgi.Data;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Training.Tasks;

/// <summary>Numbers: mean squared error over examples and values.</summary>
/// <remarks>R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)², over all values together, each with its own mean ȳ; not a number where the
/// targets do not vary.</remarks>
public sealed class Regression : LearningTask
{
    /// <inheritdoc/>
    public override string Name => "regression";

    /// <inheritdoc/>
    public override OutputKind Outputs => OutputKind.Values;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics { get; } =
    [
        new("mse", Direction.LessIsBetter), new("rmse", Direction.LessIsBetter), new("r2", Direction.MoreIsBetter), Metric.Loss,
    ];

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, Tensor targets)
    {
        Check.SameShape(outputs, targets);
        return nn.functional.mse_loss(outputs, targets);
    }

    /// <inheritdoc/>
    public override Tensor Tally(Tensor outputs, Tensor targets)
    {
        Check.SameShape(outputs, targets);
        var truth = targets.to(ScalarType.Float64);                                     // [n, values]
        var error = (outputs.to(ScalarType.Float64) - truth).square().sum([0]);
        return cat([error, truth.sum([0]), truth.square().sum([0])]);                   // three sums for each value
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values(IReadOnlyList<double> tally, long count)
    {
        ArgumentNullException.ThrowIfNull(tally);
        int values = tally.Count / 3;
        double error = tally.Take(values).Sum(), mean = error / (count * values);
        double variation = Enumerable.Range(0, values)
            .Sum(i => tally[(2 * values) + i] - (tally[values + i] * tally[values + i] / count));
        return [mean, Math.Sqrt(mean), variation > 0 ? 1 - (error / variation) : double.NaN, mean];
    }
}

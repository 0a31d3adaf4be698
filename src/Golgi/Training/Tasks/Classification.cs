using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.Training.Tasks;

/// <summary>One class of several: mean cross-entropy over logits, in nats; measured by accuracy.</summary>
public sealed class Classification : LearningTask
{
    private const int Few = 5;

    /// <summary>The share of examples whose class has the largest output.</summary>
    public static Metric Accuracy { get; } = new("accuracy", Direction.MoreIsBetter) { IsShare = true, OfDiverged = 0 };

    /// <summary>The share of examples whose class is among the five largest outputs; 1 with five classes or fewer.</summary>
    public static Metric TopFive { get; } = new("top5", Direction.MoreIsBetter) { IsShare = true, OfDiverged = 0 };

    /// <inheritdoc/>
    public override string Name => "classification";

    /// <inheritdoc/>
    public override OutputKind Outputs => OutputKind.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics { get; } = [Accuracy, TopFive, Metric.Loss];

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, Tensor targets) => nn.functional.cross_entropy(outputs, targets);

    /// <inheritdoc/>
    public override Tensor Tally(Tensor outputs, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        var logits = outputs.flatten(1).to(ScalarType.Float64);                         // [n, classes]
        var own = logits.gather(1, targets.unsqueeze(1));                               // [n, 1]
        var top = logits.topk((int)Math.Min(Few, logits.shape[1]), 1).indexes;          // [n, 5]
        var hits = top.eq(targets.unsqueeze(1));
        var loss = logits.logsumexp(1).sub(own.squeeze(1)).sum();
        return stack([hits.select(1, 0).sum().to(ScalarType.Float64), hits.sum().to(ScalarType.Float64), loss]);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values(IReadOnlyList<double> tally, long count)
    {
        ArgumentNullException.ThrowIfNull(tally);
        return [.. tally.Select(sum => sum / count)];
    }
}

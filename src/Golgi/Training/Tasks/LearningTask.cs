using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.Training.Tasks;

/// <summary>What a network is to learn: a loss over (outputs, targets), and the metrics that say how well it has. One's own task derives
/// from this; nothing else has to know it.</summary>
public abstract class LearningTask
{
    /// <summary>As users write it.</summary>
    public abstract string Name { get; }

    /// <summary>What comes out of a network that learns it.</summary>
    public abstract OutputKind Outputs { get; }

    /// <summary>What is measured; the first is the primary one, by which networks are compared. <see cref="Metric.Loss"/> is among them.</summary>
    public abstract IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The metric by which networks are compared.</summary>
    public Metric Primary => Metrics[0];

    /// <summary>The task that is usual for examples with such targets: classification, regression or pictures.</summary>
    /// <exception cref="ArgumentException">None is usual: name one.</exception>
    public static LearningTask For(Examples examples)
    {
        ArgumentNullException.ThrowIfNull(examples);
        return examples.Targets.Kind switch
        {
            OutputKind.Classes => new Classification(),
            OutputKind.Values => new Regression(),
            OutputKind.Picture => new Pictures(),
            _ => throw new ArgumentException(
                $"No task is usual for targets of kind {examples.Targets.Kind}; pass one derived from LearningTask.", nameof(examples)),
        };
    }

    /// <summary>What training makes small.</summary>
    /// <param name="outputs">[n, ...].</param>
    /// <param name="targets">As <see cref="Targets.Read"/> gives them, on the same device.</param>
    /// <returns>The mean over the batch, a scalar through which gradients flow.</returns>
    public abstract Tensor Loss(Tensor outputs, Tensor targets);

    /// <summary>Sums over a batch from which the metrics follow when those of all batches are added.</summary>
    /// <param name="outputs">[n, ...].</param>
    /// <param name="targets">As in <see cref="Loss"/>.</param>
    /// <returns>float64 [k], in the dispose scope of the caller.</returns>
    public abstract Tensor Tally(Tensor outputs, Tensor targets);

    /// <summary>The metrics' values, in the order of <see cref="Metrics"/>.</summary>
    /// <param name="tally">The sums over all examples.</param>
    /// <param name="count">How many examples.</param>
    public abstract IReadOnlyList<double> Values(IReadOnlyList<double> tally, long count);

    /// <summary>The evaluation with given values of the metrics.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="values">In the order of <see cref="Metrics"/>.</param>
    public Evaluation Evaluation(long count, IReadOnlyList<double> values) =>
        new(count, Primary, [.. Metrics.Zip(values, (metric, value) => KeyValuePair.Create(metric.Name, value))]);
}

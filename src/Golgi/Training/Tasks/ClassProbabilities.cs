using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.Training.Tasks;

/// <summary>One class of several, for networks that end in a softmax, as those of Caffe do: mean −ln p of the true class, in nats; measured as
/// <see cref="Classification"/> is.</summary>
public sealed class ClassProbabilities : LearningTask
{
    private const double Smallest = 1e-12; // a probability that was rounded to 0 costs 27.6 nats, and not infinitely many
    private readonly Classification ofScores = new();

    /// <inheritdoc/>
    public override string Name => "classification by probabilities";

    /// <inheritdoc/>
    public override OutputKind Outputs => OutputKind.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<Metric> Metrics => ofScores.Metrics;

    /// <summary>True where numbers are probabilities of classes: none is negative, and those of an example have the sum 1.</summary>
    /// <param name="outputs">[n, classes]. Borrowed.</param>
    public static bool Fit(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        using var scope = NewDisposeScope();
        return outputs.dim() == 2 && outputs.ge(0).all().item<bool>() && outputs.sum(1).sub(1).abs().le(1e-4).all().item<bool>();
    }

    /// <inheritdoc/>
    public override Tensor Loss(Tensor outputs, Tensor targets) => ofScores.Loss(Scores(outputs), targets);

    /// <inheritdoc/>
    public override Tensor Tally(Tensor outputs, Tensor targets) => ofScores.Tally(Scores(outputs), targets);

    /// <inheritdoc/>
    public override IReadOnlyList<double> Values(IReadOnlyList<double> tally, long count) => ofScores.Values(tally, count);

    // ln p are scores whose softmax is p again.
    private static Tensor Scores(Tensor outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return outputs.clamp_min(Smallest).log();
    }
}

using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>
/// Minimizes any function of a network's weights, without gradients: coordinates are disturbed by mirrored pairs of normal noise,
/// candidates are ranked, and ĝ = Σᵢ (uᵢ⁺ − uᵢ⁻) εᵢ / (2 n σ) with centered ranks u is handed to Adam.
/// </summary>
/// <remarks>Salimans, Ho, Chen, Sidor and Sutskever 2017, arXiv 1703.03864; in a subspace of few coordinates it is how Li et al. 2018 measure
/// control tasks. Ranks make it blind to the loss's scale; losses that are not numbers rank last.</remarks>
public static class EvolutionStrategy
{
    private const ulong Stream = 0x65766F_0000_0000;

    /// <summary>Minimizes a loss that is the same in all generations.</summary>
    /// <inheritdoc cref="Minimize(Reparameterization, Func{int, double}, EvolutionOptions?, IProgress{WorkProgress}?, CancellationToken)"/>
    public static IReadOnlyList<double> Minimize(
        Reparameterization weights,
        Func<double> loss,
        EvolutionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return Minimize(weights, _ => loss(), options, progress, cancellation);
    }

    /// <summary>Minimizes.</summary>
    /// <param name="weights">Whose coordinates are changed, in place; the network is left with the last of them. Borrowed.</param>
    /// <param name="loss">Given the generation's number, reads the network, whose weights are those of a candidate, and returns what is to be
    /// small. Within a generation it must be the same function for all candidates: draw a batch by the generation's number.</param>
    /// <param name="options">How many candidates, how far.</param>
    /// <param name="progress">Generations, with the median loss.</param>
    /// <param name="cancellation">Stops between generations.</param>
    /// <returns>Each generation's median loss.</returns>
    public static IReadOnlyList<double> Minimize(
        Reparameterization weights,
        Func<int, double> loss,
        EvolutionOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new EvolutionOptions();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var center = zeros_like(weights.Coordinates);
        var gradient = zeros_like(weights.Coordinates);
        using var optimizer = new Adam(weights.Coordinates, gradient, new AdamOptions { LearningRate = options.LearningRate });
        var medians = new List<double>();
        for (int generation = 0; generation < options.Generations; generation++)
        {
            cancellation.ThrowIfCancellationRequested();
            center.copy_(weights.Coordinates);
            double[] losses = Evaluate(weights, loss, options, generation, center);
            gradient.zero_();
            Accumulate(gradient, losses, options, generation);
            weights.Coordinates.copy_(center);
            optimizer.LearningRate = options.LearningRate * options.Schedule.At(generation, options.Generations);
            optimizer.Step();
            medians.Add(losses.Order().ElementAt(losses.Length / 2));
            progress?.Report(new WorkProgress("evolving", generation + 1, options.Generations, $"median loss {medians[^1]:0.####}"));
        }

        weights.Materialize();
        return medians;
    }

    /// <summary>Losses of the candidates: 2 i is disturbed by +σ εᵢ, 2 i + 1 by −σ εᵢ.</summary>
    private static double[] Evaluate(
        Reparameterization weights, Func<int, double> loss, EvolutionOptions options, int generation, Tensor center)
    {
        double[] losses = new double[2 * options.Pairs];
        for (int candidate = 0; candidate < losses.Length; candidate++)
        {
            using var scope = NewDisposeScope();
            double signed = candidate % 2 == 0 ? options.Deviation : -options.Deviation;
            weights.Coordinates.copy_(center).add_(Noise(center, options, generation, candidate / 2), alpha: signed);
            weights.Materialize();
            double value = loss(generation);
            losses[candidate] = double.IsNaN(value) ? double.PositiveInfinity : value;
        }

        return losses;
    }

    private static void Accumulate(Tensor gradient, double[] losses, EvolutionOptions options, int generation)
    {
        double[] ranks = CenteredRanks(losses);
        for (int pair = 0; pair < options.Pairs; pair++)
        {
            using var scope = NewDisposeScope();
            double weight = (ranks[2 * pair] - ranks[(2 * pair) + 1]) / (2 * options.Pairs * options.Deviation);
            gradient.add_(Noise(gradient, options, generation, pair), alpha: weight);
        }
    }

    /// <summary>From −½ for the smallest to ½ for the largest; equal values share their mean rank.</summary>
    internal static double[] CenteredRanks(double[] values)
    {
        double[] ranks = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int below = values.Count(other => other < values[i]), equal = values.Count(other => other == values[i]);
            ranks[i] = values.Length > 1 ? ((below + ((equal - 1) / 2.0)) / (values.Length - 1)) - 0.5 : 0;
        }

        return ranks;
    }

    /// <summary>The noise of a pair, made anew whenever it is needed.</summary>
    private static Tensor Noise(Tensor like, EvolutionOptions options, int generation, int pair)
    {
        float[] numbers = new float[like.numel()];
        new Philox(options.Seed, Stream + ((ulong)generation << 20) + (ulong)pair).FillNormal(numbers);
        return tensor(numbers).to(like.dtype, like.device);
    }
}

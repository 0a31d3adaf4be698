using Golgi.Foundation;
using Golgi.Weights;

namespace Golgi.Training.Optimizers;

/// <summary>
/// Minimizes any function of a network's weights, without gradients: coordinates are disturbed by mirrored pairs of normal noise,
/// candidates are ranked, and ĝ = Σᵢ (uᵢ⁺ − uᵢ⁻) εᵢ / (2 n σ) with centered ranks u is handed to Adam.
/// </summary>
/// <remarks>Salimans, Ho, Chen, Sidor and Sutskever 2017, arXiv 1703.03864; in a subspace of few coordinates it is how Li et al. 2018 measure
/// control tasks. Ranks make it blind to the loss's scale; losses that are not numbers rank last.</remarks>
public static class EvolutionStrategy
{
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
        options ??= new EvolutionOptions();
        using var learner = new EvolutionLearner(weights, loss, options);
        var medians = new List<double>();
        while (learner.Step < options.Generations)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.AdvanceTo(learner.Step + 1, CancellationToken.None);
            medians.Add(learner.MedianLoss);
            progress?.Report(new WorkProgress("evolving", learner.Step, options.Generations, $"median loss {medians[^1]:0.####}"));
        }

        return medians;
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
}

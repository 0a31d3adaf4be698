using Golgi.Foundation;
using Golgi.Numerics.LinearAlgebra;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>t-SNE: a map in two dimensions that keeps neighbors together. Barnes-Hut, O(samples · log samples) a step.</summary>
/// <remarks>
/// Van der Maaten and Hinton, JMLR 2008; van der Maaten, "Accelerating t-SNE using tree-based algorithms", JMLR 2014. p_j|i
/// falls off as a Gaussian whose width gives each point the same perplexity, over its 3 · perplexity nearest points (exact
/// search); q_ij ∝ 1 / (1 + |y_i − y_j|²); the map descends KL(P ‖ Q) with momentum 0.5, later 0.8, and a gain per coordinate,
/// from the first two principal components, scaled to a standard deviation of 10⁻⁴.
/// The same points and options give the same map, bit for bit, with any number of threads.
/// </remarks>
public static class Tsne
{
    private const double StartScale = 1e-4;
    private const double StillGradient = 1e-7; // scikit-learn's min_grad_norm
    private const int ReportEvery = 10;

    /// <summary>Draws a map.</summary>
    /// <param name="points">[samples, features], 4 samples or more, finite.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There are too few points for the perplexity, or the shape is wrong.</exception>
    public static TsneMap Embed(
        Tensor points, TsneOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new TsneOptions();
        Check.Finite(Check.Shape(points, "[samples, features]"));
        int count = (int)points.shape[0];
        if (count < 4 || options.Perplexity >= count)
        {
            throw new ArgumentException(
                $"There are {count} points for a perplexity of {options.Perplexity}; there must be 4 or more, and more than the perplexity.",
                nameof(points));
        }

        var affinities = TsneAffinities.Of(points, options.Perplexity, options.Threads);
        var descent = new TsneDescent(affinities, Start(points), options);
        for (int i = 0; i < options.Iterations; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            descent.Step(i);
            if (i % ReportEvery == 0) progress?.Report((double)i / options.Iterations);
            if (i >= options.EarlyIterations && descent.GradientNorm < StillGradient) break;
        }

        return new TsneMap(tensor(descent.Positions, [count, 2], ScalarType.Float64), descent.Divergence());
    }

    private static double[] Start(Tensor points)
    {
        using var scope = NewDisposeScope();
        using var components = PrincipalComponents.Fit(points, 2);
        var start = components.Project(points);                              // [samples, 1 or 2]
        if (start.shape[1] == 1) start = cat([start, zeros_like(start)], 1);
        double spread = start.select(1, 0).std(unbiased: false).item<double>();
        start = spread > 0 ? start * (StartScale / spread) : start;
        return [.. start.contiguous().data<double>()];
    }
}

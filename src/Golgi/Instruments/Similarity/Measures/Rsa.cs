using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Representational similarity analysis: Spearman's correlation between the dissimilarities (1 − Pearson over
/// features) of all pairs of samples in the two layers.</summary>
/// <remarks>Kriegeskorte, Mur and Bandettini 2008. Dissimilarity is taken within a sample's row, so adding a constant to a
/// feature does change it. A sample whose features are all equal correlates with no other: dissimilarity 1.</remarks>
public sealed class Rsa : PairwiseMeasure
{
    /// <inheritdoc/>
    public override string Name => "rsa";

    /// <inheritdoc/>
    public override string Meaning => "rank correlation of the samples' dissimilarities";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(-1, 1) { OrthogonalInvariant = false, TranslationInvariant = false };

    /// <inheritdoc/>
    public override Tensor Relations(Tensor activations)
    {
        if (activations.shape[1] < 2)
        {
            throw new ArgumentException("The layer has 1 feature; a correlation over features needs 2 or more.");
        }

        using var scope = NewDisposeScope();
        var x = activations - activations.mean([1L], keepdim: true);
        var lengths = x.square().sum(1, keepdim: true).sqrt();
        var floor = activations.abs().amax([1L], keepdim: true) * 1e-13;
        x = where(lengths > floor, x / lengths, zeros_like(x));
        long n = x.shape[0];
        var upper = ones([n, n], ScalarType.Bool).triu(1);
        var ranks = zeros([n, n], ScalarType.Float64).masked_scatter_(upper, Ranks.Of((1 - x.mm(x.t())).masked_select(upper)));
        return ranks.add(ranks.t()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Centre(Tensor relations)
    {
        using var scope = NewDisposeScope();
        long n = relations.shape[0];
        var centred = relations - (relations.sum() / (n * (n - 1)));
        centred.diagonal().zero_();
        if (!(centred.abs().max().item<double>() > 0))
        {
            throw new ArgumentException("All pairs of samples are equally dissimilar in a layer, so there is nothing to rank.");
        }

        return centred.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double AnalyticNull(Tensor left, Tensor right) => 0;
}

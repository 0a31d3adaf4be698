using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Numerics.Random;
using Golgi.Tests.Oracles;
using Golgi.Tests.Support;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets.Criteria;

[Collection(TorchState.Name)]
public sealed class MaskCriterionTests
{
    // Five weights worked out by hand: before and after training.
    private static readonly double[] Before = [1, -1, 0.1, 2, -0.5], After = [0.5, 1, 0.3, 2.1, -0.6];

    public static TheoryData<string> Ranked =>
    [
        "large-final", "small-final", "large-init", "small-init", "magnitude-increase", "movement", "large-final-same-sign",
        "large-final-diff-sign", "magnitude-increase-same-sign", "magnitude-increase-diff-sign",
    ];

    [Theory]
    [InlineData("magnitude-increase", new[] { -0.5, 0, 0.2, 0.1, 0.1 })]
    [InlineData("movement", new[] { 0.5, 2, 0.2, 0.1, 0.1 })]
    [InlineData("large-final-same-sign", new[] { 0.5, 0, 0.3, 2.1, 0.6 })]
    [InlineData("large-final", new[] { 0.5, 1, 0.3, 2.1, 0.6 })]
    public void The_hand_example_has_the_scores_worked_out_by_hand(string criterion, double[] expected)
    {
        double[] scores = Score(criterion, Before, After);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], scores[i], 12);
    }

    [Theory]
    [MemberData(nameof(Ranked))]
    public void Scores_agree_with_the_paper_s_formula_weight_by_weight(string criterion)
    {
        for (ulong seed = 0; seed < 10; seed++)
        {
            double[] initial = Normal(seed, 0, 20), final = Normal(seed, 1, 20);
            double[] expected = CriteriaByLoops.Scores(criterion, initial, final), actual = Score(criterion, initial, final);
            for (int i = 0; i < 20; i++) Assert.Equal(expected[i], actual[i], 12);
        }
    }

    [Theory]
    [InlineData("large-init-large-final", true)]
    [InlineData("small-init-small-final", false)]
    public void Quadrant_criteria_cut_both_coordinates_at_one_percentile(string criterion, bool large)
    {
        int compared = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            double[] initial = Normal(seed, 0, 12), final = Normal(seed, 1, 12), scores = Score(criterion, initial, final);
            for (int keep = 1; keep < 12; keep++)
            {
                bool[] expected = CriteriaByLoops.Quadrant(initial, final, keep, large);
                if (expected.Length == 0) continue;                          // no percentile leaves so many
                double threshold = scores.OrderDescending().ElementAt(keep - 1);
                Assert.Equal(expected, scores.Select(score => score >= threshold));
                compared++;
            }
        }

        Assert.True(compared > 20);
    }

    [Fact]
    public void Conditions_keep_what_fulfils_them()
    {
        using var scope = NewDisposeScope();
        var (mask, initial, final) = Layer(Before, After);
        var kept = Pruning.Prune(mask, MaskCriterion.Find("same-sign-single"), new PruningRates(), initial, final, null, new Philox(1));
        Assert.Equal(4, kept.Count);
        Assert.Equal(1, Pruning.Prune(mask, MaskCriterion.Find("diff-sign-single"), new PruningRates(), initial, final, null, new Philox(1)).Count);
    }

    [Fact]
    public void A_function_of_one_s_own_is_a_criterion()
    {
        using var scope = NewDisposeScope();
        var (mask, initial, final) = Layer(Before, After);
        var own = MaskCriterion.Of("product", (wi, wf) => wi * wf);
        var kept = Pruning.Prune(mask, own, new PruningRates { Kind = "uniform", Rate = 0.8 }, initial, final, null, new Philox(1));
        Assert.Equal([false, false, false, true, false], kept.Kept.data<bool>().ToArray());
    }

    [Fact]
    public void Pruned_weights_are_neither_ranked_nor_revived()
    {
        using var scope = NewDisposeScope();
        var (mask, initial, final) = Layer(Before, After);
        var rates = new PruningRates { Kind = "uniform", Rate = 0.4 };
        var first = Pruning.Prune(mask, MaskCriterion.Find("large-final"), rates, initial, final, null, new Philox(1));
        Assert.Equal([false, true, false, true, true], first.Kept.data<bool>().ToArray());
        var second = Pruning.Prune(first, MaskCriterion.Find("small-final"), rates, initial, final, null, new Philox(1));
        Assert.Equal([false, true, false, false, true], second.Kept.data<bool>().ToArray());
    }

    [Fact]
    public void Random_masks_differ_by_seed_and_repeat_by_it()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var mask = new Mask(weights);
        Mask Draw(ulong seed) => Pruning.Prune(
            mask, MaskCriterion.Find("random"), new PruningRates { Rate = 0.5 }, weights.Values, weights.Values, null, new Philox(seed));
        Near.Exact(Draw(1).Kept, Draw(1).Kept);
        Assert.False(Draw(1).Kept.eq(Draw(2).Kept).all().item<bool>());
    }

    [Fact]
    public void An_unknown_criterion_is_refused_with_the_nearest_name()
    {
        var error = Assert.Throws<ArgumentException>(() => MaskCriterion.Find("large-finale"));
        Assert.Contains("large-final", error.Message, StringComparison.Ordinal);
    }

    private static double[] Score(string criterion, double[] initial, double[] final)
    {
        using var scope = NewDisposeScope();
        var (mask, wi, wf) = Layer(initial, final);
        return Pruning.Scores(mask, MaskCriterion.Find(criterion), wi, wf, null, new Philox(1)).data<double>().ToArray();
    }

    private static double[] Normal(ulong seed, ulong stream, int n)
    {
        var reader = new Philox(seed, stream).Reader();
        return [.. Enumerable.Range(0, n).Select(_ => reader.NextNormal())];
    }

    private static (Mask Mask, Tensor Initial, Tensor Final) Layer(double[] initial, double[] final)
    {
        var layer = nn.Linear(initial.Length, 1, hasBias: false).to(ScalarType.Float64);
        return (new Mask(new WeightVector(layer)), tensor(initial), tensor(final));
    }
}

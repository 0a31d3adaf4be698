using CsCheck;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Golgi.Weights;
using Golgi.Weights.Masks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights.Masks;

[Collection(TorchState.Name)]
public sealed class MaskTests
{
    [Fact]
    public void Sparsity_is_exact_to_one_weight_even_where_scores_tie() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 15], Gen.Int[1, 4], Gen.ULong).Sample((first, second, levels, seed) =>
        {
            using var scope = NewDisposeScope();
            var weights = new WeightVector(TinyNetworks.Perceptron());
            var scores = weights.Values.mul(levels).round();                 // few distinct values: many ties
            var mask = new Mask(weights).KeepLargest(scores, [first, second], new Philox(seed));
            Assert.Equal([first, second], mask.Counts);
            Assert.Equal(first + second, mask.Count);

            var window = WeightVector.Window(mask.Kept, mask.Layers[0]);
            var own = WeightVector.Window(scores, mask.Layers[0]);
            if (first is 0 or 30) return;
            double worstKept = own.masked_select(window).min().item<double>();
            Assert.True(own.masked_select(window.logical_not()).max().item<double>() <= worstKept);
        }, iter: 50, threads: 1);

    [Fact]
    public void Masks_nest_over_rounds_and_never_revive_a_weight()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var mask = new Mask(weights);
        for (ulong round = 0; round < 6; round++)
        {
            var scores = rand(weights.Count);
            var next = round % 2 == 0
                ? mask.KeepLargest(scores, [.. mask.Counts.Select(count => count * 2 / 3)], new Philox(1, round))
                : mask.KeepLargest(scores, mask.Count * 2 / 3, new Philox(1, round));
            Assert.True(mask.Contains(next));
            Assert.False(next.Contains(mask));
            mask = next;
        }
    }

    [Fact]
    public void Biases_are_kept_by_default_and_patterns_choose_layers()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var none = new Mask(weights).KeepLargest(weights.Values, 0, new Philox(1));
        Assert.Equal(8, none.Kept.sum().item<long>());                       // 5 + 3 biases
        Assert.Equal(["fc1.weight", "fc2.weight"], none.Collapsed);

        var one = new Mask(weights, new MaskScope { Except = ["fc2.*"] });
        Assert.Equal(["fc1.weight"], one.Layers.Select(layer => layer.Name));
        var error = Assert.Throws<ArgumentException>(() => new Mask(weights, new MaskScope { Only = ["fc9*"] }));
        Assert.Contains("fc1.weight", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ties_are_broken_by_the_generator_and_each_tied_weight_is_as_likely()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var all = new Mask(weights);
        var flat = zeros(weights.Count);
        var counts = zeros(30);
        const int n = 2000;
        for (ulong i = 0; i < n; i++)
        {
            using var inner = NewDisposeScope();
            counts.add_(WeightVector.Window(all.KeepLargest(flat, [10, 15], new Philox(i)).Kept, all.Layers[0]));
        }

        // Binomial(n, 1/3): standard deviation √(n · 2/9) = 21; five of them, over 30 weights.
        double mean = n / 3.0, bound = 5 * Math.Sqrt(n * 2.0 / 9);
        Assert.All(counts.data<float>().ToArray(), count => Assert.InRange(count, mean - bound, mean + bound));
        Near.Exact(all.KeepLargest(flat, [10, 15], new Philox(7)).Kept, all.KeepLargest(flat, [10, 15], new Philox(7)).Kept);
    }

    [Fact]
    public void Packed_bits_come_back_and_overlap_is_jaccard_s()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var all = new Mask(weights);
        var half = all.KeepLargest(weights.Values, [17, 4], new Philox(1));
        var back = all.Unpack([.. half.Layers.Select(half.Pack)]);
        Near.Exact(half.Kept, back.Kept);
        Assert.Equal(4, half.Pack(half.Layers[0]).Length);                   // 30 bits
        Assert.Equal(21.0 / 45, all.Overlap(half), 12);
        Assert.Equal(1, half.Overlap(back));
        Assert.Throws<ArgumentException>(() => all.Unpack([new byte[3], new byte[2]]));
    }

    [Fact]
    public void Shuffling_keeps_each_layer_s_number()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var half = new Mask(weights).KeepLargest(weights.Values, [17, 4], new Philox(1));
        var shuffled = half.Shuffle(new Philox(3));
        Assert.Equal(half.Counts, shuffled.Counts);
        Assert.True(half.Overlap(shuffled) < 1);
    }

    [Fact]
    public void A_score_that_is_not_a_number_and_too_large_a_count_are_refused()
    {
        using var scope = NewDisposeScope();
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var all = new Mask(weights);
        Assert.Throws<ArgumentException>(() => all.KeepLargest(full(weights.Count, double.NaN), 3, new Philox(1)));
        Assert.Throws<ArgumentException>(() => all.KeepLargest(weights.Values, 46, new Philox(1)));
    }
}

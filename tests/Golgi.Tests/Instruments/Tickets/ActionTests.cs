using Golgi.Instruments.Tickets.Actions;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Golgi.Weights.Masks;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets;

[Collection(TorchState.Name)]
public sealed class ActionTests
{
    private const int First = 30; // weights of fc1

    [Fact]
    public void Rewound_weights_equal_their_origin_bit_for_bit()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        Near.Exact(vectors.Rewind, MaskOne.Find("rewind").Start(mask, vectors, new Philox(1)));
        Near.Exact(vectors.Final, MaskOne.Find("keep").Start(mask, vectors, new Philox(1)));
    }

    [Theory]
    [InlineData("reinit")]
    [InlineData("reshuffle")]
    [InlineData("constant")]
    [InlineData("keep")]
    public void Same_sign_actions_keep_every_sign_and_the_magnitudes_of_their_twin(string action)
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        var plain = Kept(MaskOne.Find(action).Start(mask, vectors, new Philox(1)), mask);
        var signed = Kept(MaskOne.Find(action + "-same-sign").Start(mask, vectors, new Philox(1)), mask);
        var origin = Kept(vectors.First, mask);
        Assert.Equal(origin.Select(Math.Sign), signed.Select(Math.Sign));
        Assert.NotEqual(origin.Select(Math.Sign), plain.Select(Math.Sign));
        Assert.Equal(plain.Select(Math.Abs), signed.Select(Math.Abs));
    }

    [Fact]
    public void Reshuffling_permutes_the_kept_weights_of_a_layer_and_reinit_takes_fresh_ones()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        double[] origin = Kept(vectors.First, mask);
        double[] shuffled = Kept(MaskOne.Find("reshuffle").Start(mask, vectors, new Philox(1)), mask);
        Assert.NotEqual(origin, shuffled);
        Assert.Equal(origin.Order(), shuffled.Order());
        Assert.Equal(Kept(vectors.Fresh, mask), Kept(MaskOne.Find("reinit").Start(mask, vectors, new Philox(1)), mask));
    }

    [Fact]
    public void Rescaled_actions_multiply_by_weights_over_kept_weights_of_each_layer()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        double[] factors =
            [.. mask.Layers.Zip(mask.Counts).SelectMany(pair => Enumerable.Repeat((double)pair.First.Length / pair.Second, (int)pair.Second))];
        foreach (string action in MaskOne.Names.Where(name => name.EndsWith("-rescaled", StringComparison.Ordinal)))
        {
            double[] plain = Kept(MaskOne.Find(action[..^"-rescaled".Length]).Start(mask, vectors, new Philox(1)), mask);
            double[] rescaled = Kept(MaskOne.Find(action).Start(mask, vectors, new Philox(1)), mask);
            Assert.All(plain.Zip(rescaled, factors), entry => Assert.Equal(entry.First * entry.Third, entry.Second, 12));
        }
    }

    [Fact]
    public void Constants_have_the_deviation_of_the_layer_s_first_weights()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        double[] layer = vectors.First.narrow(0, 0, First).data<double>().ToArray();
        double mean = layer.Average(), deviation = Math.Sqrt(layer.Average(x => (x - mean) * (x - mean)));
        Assert.All(Kept(MaskOne.Find("constant").Start(mask, vectors, new Philox(1)), mask), value => Assert.Equal(deviation, Math.Abs(value), 10));
    }

    [Fact]
    public void What_is_outside_the_mask_s_scope_is_rewound()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        foreach (string action in MaskOne.Names.Where(name => !name.StartsWith("keep", StringComparison.Ordinal)))
        {
            var start = MaskOne.Find(action).Start(mask, vectors, new Philox(1));
            Near.Exact(vectors.Rewind.narrow(0, First, 5), start.narrow(0, First, 5)); // fc1.bias
        }
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("freeze")]
    [InlineData("variant-1")]
    [InlineData("variant-2")]
    [InlineData("control-reverse")]
    public void Pruned_weights_are_what_the_rule_says_weight_by_weight(string action)
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        var all = mask.Where(mask.Kept); // a copy; the round before was trained under `before`
        var before = Before();
        var frozen = full_like(vectors.First, 7).masked_fill(before.Kept, 0);
        var round = new RoundVectors(vectors.First, vectors.Final, frozen);
        double[] pruned = MaskZero.Find(action).Pruned(before, all, round, new Philox(1)).data<double>().ToArray();
        double[] wi = vectors.First.data<double>().ToArray(), wf = vectors.Final.data<double>().ToArray();
        bool[] was = before.Kept.data<bool>().ToArray(), stays = all.Kept.data<bool>().ToArray();
        for (int j = 0; j < pruned.Length; j++)
        {
            bool down = Math.Abs(wf[j]) < Math.Abs(wi[j]);
            double expected = stays[j] ? 0 : !was[j] ? 7 : action switch
            {
                "zero" => 0,
                "freeze" => wi[j],
                "control-reverse" => down ? wi[j] : 0,
                _ => down ? 0 : wi[j],
            };
            Assert.Equal(expected, pruned[j]);
        }
    }

    [Fact]
    public void The_reshuffled_control_has_as_many_zeros_elsewhere()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        var before = Before();
        var round = new RoundVectors(vectors.First, vectors.Final, zeros_like(vectors.First));
        var variant = MaskZero.Find("variant-1").Pruned(before, mask, round, new Philox(1));
        var control = MaskZero.Find("control-reshuffle").Pruned(before, mask, round, new Philox(1));
        foreach (var layer in mask.Layers)
        {
            Assert.Equal(WeightVector.Window(variant, layer).eq(0).sum().item<long>(), WeightVector.Window(control, layer).eq(0).sum().item<long>());
        }

        Assert.False(variant.eq(0).eq(control.eq(0)).all().item<bool>());
    }

    [Fact]
    public void Variant_2_starts_kept_weights_at_zero_where_they_were_going_and_remembers_it()
    {
        using var scope = NewDisposeScope();
        var (mask, vectors) = Case();
        var round = new RoundVectors(vectors.First, vectors.Final, zeros_like(vectors.First));
        var start = vectors.First.clone();
        MaskZero.Find("variant-2").Prepare(start, mask, round);
        double[] wi = vectors.First.data<double>().ToArray(), wf = vectors.Final.data<double>().ToArray(), w = start.data<double>().ToArray();
        bool[] kept = mask.Kept.data<bool>().ToArray();
        for (int j = 0; j < First; j++) Assert.Equal(kept[j] && Math.Abs(wf[j]) < Math.Abs(wi[j]) ? 0 : wi[j], w[j]);
        for (int j = First; j < First + 5; j++) Assert.Equal(wi[j], w[j]);   // a bias is no weight

        var again = vectors.First.clone();                                   // rewound: what was zeroed once stays zero
        MaskZero.Find("variant-2").Prepare(again, mask, new RoundVectors(start, vectors.First * 9, zeros_like(start)));
        Near.Exact(start, again);
    }

    private static Mask Before()
    {
        var weights = new WeightVector(TinyNetworks.Perceptron());
        return new Mask(weights).KeepLargest(weights.Values.abs(), [26, 12], new Philox(1));
    }

    private static (Mask Mask, StartVectors Vectors) Case()
    {
        var weights = new WeightVector(TinyNetworks.Perceptron());
        var mask = Before().KeepLargest(weights.Values.abs(), [15, 6], new Philox(1));
        var first = weights.Values.detach().clone();
        using var generator = new Generator(3);
        Tensor Draw() => randn(first.shape, ScalarType.Float64, generator: generator).mul_(0.3);
        return (mask, new StartVectors(first, first.clone(), Draw(), Draw()));
    }

    private static double[] Kept(Tensor vector, Mask mask) =>
        vector.narrow(0, 0, First).masked_select(mask.Kept.narrow(0, 0, First)).data<double>().ToArray();
}

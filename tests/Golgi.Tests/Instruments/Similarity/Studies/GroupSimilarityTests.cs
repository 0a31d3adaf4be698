using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Studies;

/// <summary>Networks within groups and between them.</summary>
public sealed class GroupSimilarityTests
{
    [Fact]
    public void Networks_that_share_signals_are_more_alike_within_their_group()
    {
        using var scope = NewDisposeScope();
        var signals = Matrices.Normal(1, 300, 5);
        var alike = Networks(3, seed => signals.mm(Matrices.Normal(seed, 5, 8)) + (0.3 * Matrices.Normal(seed + 50, 300, 8)));
        var apart = Networks(3, seed => Matrices.Normal(seed + 100, 300, 8));
        var found = GroupSimilarity.Of(alike, apart, ["layer"], new Cca());
        Assert.True(found.First[0].Interval.Low > found.Second[0].Interval.High, $"{found.First[0]} {found.Second[0]}");
        Assert.Equal((3, 3, 9), (found.First[0].Pairs, found.Second[0].Pairs, found.Between[0].Pairs));
        Assert.Equal(found.Nulls[0], found.Second[0].Mean, 0.03);
        Assert.Equal(found.Nulls[0], found.Between[0].Mean, 0.03);

        using var overlap = Overlap.Of(alike[0]["layer"].Values, alike[1]["layer"].Values);
        var pair = GroupSimilarity.Of([alike[0], alike[1]], apart, ["layer"], new Cca());
        Assert.Equal(new Cca().Of(overlap).Value, pair.First[0].Mean, 1e-9);
    }

    [Fact]
    public void A_measure_with_sides_counts_both_ways()
    {
        using var scope = NewDisposeScope();
        var networks = Networks(2, seed => Matrices.Related(seed * 10).Left);
        var found = GroupSimilarity.Of(networks, networks, ["layer"], new Pwcca());
        using var one = Overlap.Of(networks[0]["layer"].Values, networks[1]["layer"].Values);
        double both = (new Pwcca(Side.Left).Of(one).Value + new Pwcca(Side.Right).Of(one).Value) / 2;
        Assert.Equal(both, found.First[0].Mean, 1e-9);
    }

    [Fact]
    public void A_group_of_one_and_a_missing_layer_are_named()
    {
        using var scope = NewDisposeScope();
        var networks = Networks(2, seed => Matrices.Normal(seed, 100, 4));
        Assert.Contains(
            "2 or more", Assert.Throws<ArgumentException>(() => GroupSimilarity.Of([networks[0]], networks, ["layer"], new Cca())).Message);
        Assert.Contains("layer", Assert.Throws<ArgumentException>(() => GroupSimilarity.Of(networks, networks, ["lyer"], new Cca())).Message);
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, TensorRows>> Networks(int count, Func<ulong, Tensor> activations) =>
    [
        .. Enumerable.Range(1, count).Select(seed =>
            new Dictionary<string, TensorRows> { ["layer"] = new TensorRows($"{seed}", activations((ulong)seed)) }),
    ];
}

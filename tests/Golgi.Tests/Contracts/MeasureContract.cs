using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Tests.Instruments.Similarity;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every similarity measure must satisfy when it is used through <see cref="Comparer"/>. (What its traits promise is in
/// <c>MeasureTests</c>.)</summary>
[Collection(TorchState.Name)]
public sealed class MeasureContract
{
    public static TheoryData<string> Names => [.. Measure.All.Select(measure => measure.Name)];

    [Fact]
    public void None_is_left_out_and_names_are_used_once()
    {
        Assert.Equal(Families.Of<Measure>(), Measure.All.Select(measure => measure.GetType().Name).Order());
        Assert.Equal(Measure.All.Count, Measure.All.Select(measure => measure.Name).Distinct().Count());
        Assert.All(Measure.All, measure => Assert.Same(measure, Measure.Named(measure.Name)));
        Assert.All(Measure.All, measure => Assert.False(string.IsNullOrWhiteSpace(measure.Meaning)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_with_itself_is_at_the_maximum_beyond_all_chance(string name)
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Normal(1, 120, 5) + 2;
        var result = Compare(name, x, x, permutations: 19);
        Assert.Equal(Measure.Named(name).Traits.Maximum, result.Value, 9);
        Assert.Equal(1, result.Excess, 9);
        Assert.Equal(1.0 / 20, result.Null.PValue!.Value, 12);
        Assert.InRange(Measure.Named(name).Distances(result.Value)[Measure.Named(name).Distances(result.Value).Keys.First()], -1e-9, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Independent_layers_lie_where_both_nulls_say(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(2, 400, 6), Matrices.Normal(3, 400, 5));
        var result = Compare(name, x, y, permutations: 40);
        Assert.Equal(40, result.Null.Pairings);
        double chance = result.Null.Permutation!.Value, far = 4 * result.Null.Deviation;
        Assert.InRange(result.Value, chance - far, chance + far);
        Assert.Equal(chance, result.Null.Analytic, Math.Max(0.02, 0.1 * chance));
        Assert.True(result.Null.PValue > 0.01);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_nulls_and_interval_stay_in_the_range(string name)
    {
        using var scope = NewDisposeScope();
        var traits = Measure.Named(name).Traits;
        foreach (var (x, y) in new[] { Matrices.Related(5, 60), (Matrices.Normal(6, 30, 2), Matrices.Normal(7, 30, 9)), Opposed() })
        {
            var result = Compare(name, x, y, permutations: 7);
            var (low, high) = result.Interval;
            double[] all = [result.Value, result.Null.Analytic, result.Null.Permutation!.Value, result.CrossValidated, low, high];
            Assert.All(all, value => Assert.InRange(value, traits.Minimum, traits.Maximum));
            Assert.InRange(result.Value, low - 1e-12, high + 1e-12);
            Assert.All(result.Coefficients, value => Assert.True(double.IsFinite(value)));
            Assert.Equal(x.shape[0], result.Samples);
            Assert.True(result.Kept[0] <= result.Rank[0] && result.Rank[0] <= x.shape[1]);
            Assert.True(result.Kept[1] <= result.Rank[1] && result.Rank[1] <= y.shape[1]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Layers_that_do_not_vary_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        var (x, still) = (Matrices.Normal(8, 50, 4), full([50, 3], 2.5, ScalarType.Float64));
        foreach (var (left, right) in new[] { (x, still), (still, x) })
        {
            var error = Assert.ThrowsAny<Exception>(() => Compare(name, left, right, 0));
            if (name == "cka-minibatch") Assert.IsType<RefusedException>(error); // it knows sums over batches only
            else Assert.Contains("constant", Assert.IsType<ArgumentException>(error).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_that_are_no_numbers_are_refused_with_their_place(string name)
    {
        using var scope = NewDisposeScope();
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            var (x, y) = (Matrices.Normal(9, 50, 4), Matrices.Normal(10, 50, 3));
            y[31, 2] = tensor(bad);
            Assert.Contains("row 31, column 2", Refusal(name, x, y, "right"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_that_cannot_be_paired_and_too_few_of_them_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        string odd = Refusal(name, Matrices.Normal(1, 50, 4), Matrices.Normal(2, 49, 4), "left");
        Assert.Contains("50 rows and right 49", odd, StringComparison.Ordinal);
        var (x, y) = (Matrices.Normal(3, 4, 2), Matrices.Normal(4, 4, 2));
        var few = Assert.Throws<RefusedException>(() => Compare(name, x, y, 0));
        Assert.Contains("4 examples", few.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(Compare(name, Matrices.Normal(3, 5, 2), Matrices.Normal(4, 5, 2), 0).Value));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_seed_gives_the_same_bits_and_nothing_stays_in_memory(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(11, 80);
        using var left = new TensorRows("left", x.clone());
        using var right = new TensorRows("right", y.clone());
        SimilarityComparison Run(ulong seed) =>
            new Comparer(new ComparisonOptions { Permutations = 5, Seed = seed }).Compare(left, right, Measure.Named(name));
        var first = Run(1);
        var second = first;
        LiveTensors.StayFlat(() => second = Run(1));
        Assert.Equal(first.Value, second.Value);
        Assert.Equal(first.Null, second.Null);
        Assert.Equal(first.Interval, second.Interval);
        Assert.Equal(first.CrossValidated, second.CrossValidated);
        Assert.NotEqual(first.Null.Permutation, Run(2).Null.Permutation);
    }

    private static (Tensor, Tensor) Opposed()
    {
        var x = Matrices.Normal(12, 40, 3);
        return (x, -x);
    }

    private static string Refusal(string name, Tensor x, Tensor y, string side)
    {
        string message = Assert.ThrowsAny<ArgumentException>(() => Compare(name, x, y, 0)).Message;
        Assert.Contains(side, message, StringComparison.Ordinal);
        return message;
    }

    private static SimilarityComparison Compare(string name, Tensor x, Tensor y, int permutations)
    {
        using var left = new TensorRows("left", x.clone());
        using var right = new TensorRows("right", y.clone());
        var options = new ComparisonOptions { Permutations = permutations, FewSamples = FewSamples.Warn };
        return new Comparer(options).Compare(left, right, Measure.Named(name));
    }
}

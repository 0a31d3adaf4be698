using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Tests.Oracles;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Measures;

/// <summary>Identities that each measure's traits promise, and agreement with textbook versions.</summary>
public sealed class MeasureTests
{
    public static TheoryData<string> Names => [.. Measure.All.Select(measure => measure.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_with_itself_is_at_the_maximum(string name)
    {
        using var scope = NewDisposeScope();
        var (x, _) = Matrices.Related(1);
        Assert.Equal(Measure.Named(name).Traits.Maximum, Value(name, x, x), 9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_agree_with_the_textbook(string name)
    {
        using var scope = NewDisposeScope();
        for (ulong seed = 10; seed < 60; seed += 10)
        {
            var (x, y) = Matrices.Related(seed);
            Assert.Equal(TextbookSimilarity.Value(name, x, y), Value(name, x, y), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Dead_neurons_and_copies_of_neurons_do_not_lead_to_errors(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(2);
        var dead = cat([x, full([x.shape[0], 2], 0.1, ScalarType.Float64), x.narrow(1, 0, 3)], 1);
        double value = Value(name, dead, y);
        Assert.Equal(TextbookSimilarity.Value(name, dead, y), value, 1e-9);
        if (Measure.Named(name).Traits.LinearInvariant) Assert.Equal(Value(name, x, y), value, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Units_from_a_millionth_to_a_million_lose_no_digits(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(3);
        var scaled = x * logspace(-6, 6, x.shape[1], dtype: ScalarType.Float64);
        Assert.Equal(TextbookSimilarity.Value(name, scaled, y), Value(name, scaled, y), 1e-9);
        if (Measure.Named(name).Traits.LinearInvariant) Assert.Equal(Value(name, x, y), Value(name, scaled, y), 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Invariances_are_as_the_traits_say(string name)
    {
        using var scope = NewDisposeScope();
        var traits = Measure.Named(name).Traits;
        var (x, y) = Matrices.Related(4);
        double value = Value(name, x, y);
        var shuffle = tensor(new Golgi.Numerics.Random.Philox(5).Permutation((int)x.shape[0]));
        Assert.Equal(value, Value(name, x.index_select(0, shuffle), y.index_select(0, shuffle)), 1e-9);
        Expect(traits.Symmetric, value, Value(name, y, x));
        Expect(traits.ScaleInvariant, value, Value(name, x * 7, y * 0.01));
        Expect(traits.OrthogonalInvariant, value, Value(name, x.mm(Matrices.Orthogonal(6, 9)), y.mm(Matrices.Orthogonal(7, 6))));
        Expect(traits.TranslationInvariant, value, Value(name, x + Matrices.Normal(8, 9), y - 2 * Matrices.Normal(9, 6)));
        if (name != "svcca" && name != "regression")
        {
            Expect(traits.LinearInvariant, value, Value(name, x.mm(Matrices.Invertible(6, 9)), y.mm(Matrices.Invertible(8, 6))));
        }
    }

    [Fact]
    public void The_rank_is_that_of_the_signals_however_many_neurons_repeat_them()
    {
        using var scope = NewDisposeScope();
        var signals = Matrices.Normal(1, 300, 5);
        var (x, y) = (signals.mm(Matrices.Normal(2, 5, 20)), signals.mm(Matrices.Normal(3, 5, 12)) + 1);
        using var overlap = Overlap.Of(x, y);
        Assert.Equal((5, 5), (overlap.Left.Rank, overlap.Right.Rank));
        Assert.Equal(1, new Cca().Of(overlap).Value, 9);
    }

    [Fact]
    public void Badly_conditioned_layers_keep_their_digits()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(5, samples: 500);
        var squeezed = x.mm(Matrices.Orthogonal(1, 9) * logspace(0, -7, 9, dtype: ScalarType.Float64)).mm(Matrices.Orthogonal(2, 9));
        using var overlap = Overlap.Of(squeezed, y);
        Assert.Equal(9, overlap.Left.Rank);
        Assert.Equal(Value("cca", x, y), new Cca().Of(overlap).Value, 1e-8); // squeezing itself rounds at 1e-16 · 1e7
    }

    [Fact]
    public void Truncation_by_variance_and_by_singular_values_are_two_things()
    {
        double[] values = [10, 3, 1, 1, 1];
        Assert.Equal(2, Truncation.Variance(0.97).Count(values));
        Assert.Equal(5, Truncation.SingularValues(0.97).Count(values));
        Assert.Equal(3, Truncation.Fixed(3).Count(values));
        Assert.Equal(5, Truncation.Fixed(50).Count(values));
        Assert.Equal(5, Truncation.None.Count(values));
    }

    [Fact]
    public void The_angle_of_procrustes_obeys_the_triangle_inequality()
    {
        using var scope = NewDisposeScope();
        for (ulong seed = 0; seed < 40; seed++)
        {
            var (x, y) = Matrices.Related(seed * 11, samples: 40, left: 4, right: 3);
            var z = x.narrow(1, 0, 2) + Matrices.Normal(seed, 40, 2);
            double direct = Procrustes.Angle(Value("procrustes", x, y));
            double around = Procrustes.Angle(Value("procrustes", x, z)) + Procrustes.Angle(Value("procrustes", z, y));
            Assert.True(direct <= around + 1e-9, $"{direct} > {around}");
        }
    }

    [Fact]
    public void Debiased_cka_in_feature_space_is_the_average_of_nothing_for_unrelated_layers()
    {
        using var scope = NewDisposeScope();
        double biased = 0, debiased = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var (x, y) = (Matrices.Normal(seed, 40, 80), Matrices.Normal(seed + 100, 40, 80));
            biased += Value("cka", x, y) / 20;
            debiased += Value("cka-debiased", x, y) / 20;
        }

        Assert.InRange(biased, 0.6, 0.72);       // p/(n + p) = 0.667
        Assert.InRange(debiased, -0.03, 0.03);   // deviation of one value about 0.02
    }

    [Fact]
    public void Class_sensitivity_is_the_multiple_correlation()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(6);
        using var basis = Basis.Of(x);
        double[] found = ClassSensitivity.Correlations(basis, y);
        for (int i = 0; i < 6; i++)
        {
            using var overlap = Overlap.Of(x, y.narrow(1, i, 1));
            Assert.Equal(new Cca().Of(overlap).Value, found[i], 1e-9);
            Assert.Equal(Math.Sqrt(new LinearRegression().Of(overlap).Value), found[i], 1e-9);
        }
    }

    private static void Expect(bool same, double value, double changed)
    {
        if (same) Assert.Equal(value, changed, 1e-9);
        else Assert.True(Math.Abs(value - changed) > 1e-6, $"{value} did not change.");
    }

    private static double Value(string name, Tensor x, Tensor y)
    {
        using var left = new TensorRows("left", x.clone());
        using var right = new TensorRows("right", y.clone());
        var options = new ComparisonOptions { Permutations = 0, FewSamples = FewSamples.Warn };
        return new Comparer(options).Compare(left, right, Measure.Named(name)).Value;
    }
}

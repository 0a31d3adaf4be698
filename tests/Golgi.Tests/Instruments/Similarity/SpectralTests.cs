using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Tests.Instruments.Similarity.Spectral;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>Maps compared frequency by frequency, with what surrounds the value.</summary>
public sealed class SpectralTests
{
    [Theory]
    [InlineData(4, 4)]
    [InlineData(5, 4)]
    [InlineData(6, 3)]
    public void Frequencies_of_maps_of_different_size_agree_with_explicit_loops(int large, int small)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 60, 3, large, large), Matrices.Normal(2, 60, 2, small, small));
        x.narrow(1, 0, 2).narrow(2, 0, 2).narrow(3, 0, 2).add_(2 * y.narrow(2, 0, 2).narrow(3, 0, 2));
        var found = DftCca.Of(x, y);
        double sum = 0;
        for (int i = 0; i < small; i++)
        {
            for (int j = 0; j < small; j++)
            {
                var (u, v) = (Signed(i, small), Signed(j, small));
                double[] rho = Correlations(Transform(x, u, v), Transform(y, u, v));
                Assert.Equal(rho.Average(), found.Frequencies[i][j], 1e-9);
                sum += rho.Sum();
            }
        }

        Assert.Equal(sum / (2 * small * small), found.Mean, 1e-9);
    }

    [Fact]
    public void On_data_closed_under_translation_svcca_of_frequencies_is_that_of_flattened_maps()
    {
        using var scope = NewDisposeScope();
        var (x, y) = DftCcaTests.ClosedLayers();
        using var flat = Overlap.Of(x.flatten(1), y.flatten(1));
        var found = DftCca.Of(x, y, Truncation.Variance(0.9));
        long rule = flat.Left.Kept(Truncation.Variance(0.9));
        Assert.InRange(found.Kept[0], rule, rule + 1); // a frequency and its mirror image stay together
        double whole = linalg.svdvals(flat.PrincipalCosines(found.Kept[0], found.Kept[1])).mean().item<double>();
        Assert.Equal(whole, found.Mean, 1e-7);
    }

    [Theory]
    [InlineData("cca")]
    [InlineData("svcca")]
    public void The_formula_agrees_with_shuffling_and_held_out_values_expose_few_images(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 150, 8, 4, 4), Matrices.Normal(2, 150, 6, 4, 4));
        using var left = SpectralBasis.Of(x);
        using var right = SpectralBasis.Of(y);
        var found = SpectralComparison.Of(left, right, Measure.Named(name), new ComparisonOptions { Permutations = 10 });
        Assert.Equal(found.Null.Analytic, found.Null.Permutation!.Value, 0.02);
        Assert.Equal(found.Null.Analytic, found.Value, 0.02); // unrelated they are
        Assert.InRange(found.CrossValidated, -0.05, 0.05);
        Assert.InRange(found.Interval.High - found.Interval.Low, 1e-4, 0.2);
    }

    [Fact]
    public void Leaving_nothing_out_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(5);
        using var a = Basis.Of(x);
        using var b = Basis.Of(y);
        var whole = a.Directions!.t().mm(b.Directions!);
        var rest = arange(40, 200);
        var products = Subsample.Without(whole, a.Directions!, b.Directions!, arange(0, 40));
        Near.Equal(Subsample.Products(a.Directions!, b.Directions!, rest), products, 1e-12);
        var left = Subsample.Factor(Subsample.Products(a.Directions!, a.Directions!, rest))!;
        var right = Subsample.Factor(Subsample.Products(b.Directions!, b.Directions!, rest))!;
        using var again = Overlap.Of(x.index_select(0, rest), y.index_select(0, rest));
        Near.Equal(tensor([.. new Cca().Of(again).Coefficients]), linalg.svdvals(Subsample.Cosines(products, left, right)), 1e-10);
    }

    [Fact]
    public void Too_few_images_are_refused_and_other_measures_named()
    {
        using var scope = NewDisposeScope();
        using var few = SpectralBasis.Of(Matrices.Normal(1, 10, 6, 4, 4));
        Assert.Contains("10 images", Assert.Throws<RefusedException>(() => DftCca.Between(few, few)).Message);
        using var many = SpectralBasis.Of(Matrices.Normal(1, 50, 2, 4, 4));
        Assert.Contains("cka", Assert.Throws<ArgumentException>(() => SpectralComparison.Of(many, many, new LinearCka())).Message);
        Assert.Contains("as many", Assert.Throws<ArgumentException>(() => DftCca.Between(few, many)).Message);
    }

    private static int Signed(int i, int size) => i < (size + 1) / 2 ? i : i - size;

    // Σ over places of x exp(−2πi (u h / H + v w / W)), by the definition.
    private static Tensor Transform(Tensor maps, int u, int v)
    {
        long height = maps.shape[2], width = maps.shape[3];
        var angle = (arange(height, ScalarType.Float64).unsqueeze(1) * (2 * Math.PI * u / height))
            + (arange(width, ScalarType.Float64) * (2 * Math.PI * v / width));
        return complex((maps * angle.cos()).sum([2L, 3L]), (maps * -angle.sin()).sum([2L, 3L]));
    }

    private static double[] Correlations(Tensor x, Tensor y)
    {
        var (a, _) = linalg.qr(x - x.mean([0L]));
        var (b, _) = linalg.qr(y - y.mean([0L]));
        return [.. linalg.svdvals(a.conj().t().mm(b)).data<double>()];
    }
}

using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Statistics;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Comparing;

/// <summary>Nulls, intervals, held-out values, blocks and gates.</summary>
public sealed class ComparerTests
{
    [Theory]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("pwcca")]
    [InlineData("cka")]
    [InlineData("cka-debiased")]
    [InlineData("cka-rbf")]
    [InlineData("procrustes")]
    [InlineData("rsa")]
    [InlineData("cca-squared")]
    [InlineData("regression")]
    public void The_formula_for_unrelated_layers_agrees_with_shuffling(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(21, samples: 240, left: 20, right: 12);
        var found = Compare(name, x, y, permutations: 60);
        double error = found.Null.Deviation / Math.Sqrt(60);
        double asymptotic = name is "procrustes" or "pwcca" ? 0.02 : 0.004;
        Assert.InRange(
            found.Null.Analytic, found.Null.Permutation!.Value - (5 * error) - asymptotic, found.Null.Permutation.Value + (5 * error) + asymptotic);
        Assert.True(found.Null.PValue < 0.02, $"p = {found.Null.PValue}");
    }

    /// <summary>Of these measures the formula is no approximation: it is the mean over all pairings of the samples, here all 120 of five.</summary>
    [Theory]
    [InlineData("cka")]
    [InlineData("cka-debiased")]
    [InlineData("cka-rbf")]
    [InlineData("rsa")]
    [InlineData("cca-squared")]
    [InlineData("regression")]
    public void The_formula_for_unrelated_layers_is_the_mean_over_all_pairings(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(22, samples: 5, left: 2, right: 2, shared: 1);
        double[] values = [.. Orders([0, 1, 2, 3, 4]).Select(order => Compare(name, x, y.index_select(0, tensor(order)), permutations: 0).Value)];
        Assert.Equal(120, values.Length);
        Assert.Equal(values.Average(), Compare(name, x, y, permutations: 0).Null.Analytic, 1e-9);

        static IEnumerable<long[]> Orders(long[] items) => items.Length < 2
            ? [items]
            : items.SelectMany(first => Orders([.. items.Where(item => item != first)]).Select(rest => (long[])[first, .. rest]));
    }

    [Fact]
    public void Unrelated_layers_of_the_published_size_have_the_published_mean()
    {
        // 100 and 50 neurons, 2000 samples: .2074 in google/svcca's tutorial; 512 and 512, 10,000: .1929.
        Assert.Equal(0.2074, CanonicalNull.MeanCorrelation(100, 50, 2000), 3e-3);
        Assert.Equal(0.1929, CanonicalNull.MeanCorrelation(512, 512, 10_000), 5e-4);
        Assert.Equal(511 / 9999.0 * (512 / 511.0), CanonicalNull.MeanSquare(512, 512, 10_000), 12);
        Assert.Equal(0.4408, CanonicalNull.LargestCorrelation(512, 512, 10_000), 2e-3);
        Assert.Equal(1, CanonicalNull.MeanCorrelation(100, 100, 101));
    }

    [Fact]
    public void Blocks_and_their_order_change_nothing()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(31, samples: 90);
        using var whole = new PairMoments(x.mean([0L]), y.mean([0L]), RowNorms.Kept);
        using var first = new PairMoments(x.mean([0L]), y.mean([0L]), RowNorms.Kept);
        using var second = new PairMoments(x.mean([0L]), y.mean([0L]), RowNorms.Kept);
        whole.Add(x, y);
        first.Add(x.narrow(0, 60, 30), y.narrow(0, 60, 30));
        second.Add(x.narrow(0, 0, 17), y.narrow(0, 0, 17));
        second.Add(x.narrow(0, 17, 43), y.narrow(0, 17, 43));
        first.Merge(second);
        Near.Equal(whole.Left.Scatter(), first.Left.Scatter(), 1e-13);
        Near.Equal(whole.Cross.Scatter(whole.Left, whole.Right), first.Cross.Scatter(first.Left, first.Right), 1e-13);
        Assert.Equal(whole.CentredNorms().Cross, first.CentredNorms().Cross, 1e-8);
        first.Merge(second, -1);
        Assert.Equal(30, first.Count);
    }

    [Fact]
    public void Stacked_triangular_factors_keep_all_inner_products()
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Normal(1, 100, 7);
        using var qr = new StackedQr(7);
        for (int start = 0; start < 100; start += 9) qr.Add(x.narrow(0, start, Math.Min(9, 100 - start)));
        Near.Equal(x.t().mm(x), qr.Factor.t().mm(qr.Factor), 1e-13);
    }

    [Fact]
    public void Held_out_values_expose_what_few_samples_pretend()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 80, 20), Matrices.Normal(2, 80, 20));
        var found = Compare("cca", x, y, permutations: 20);
        Assert.True(found.Value > 0.4, $"{found.Value}");
        Assert.InRange(found.CrossValidated, -0.15, 0.15);
        Assert.Contains(found.Warnings, warning => warning.Contains("few"));
    }

    [Fact]
    public void Nineteen_of_twenty_intervals_cover_what_ten_times_the_data_say()
    {
        using var scope = NewDisposeScope();
        int covered = 0;
        for (ulong seed = 0; seed < 40; seed++)
        {
            var (x, y) = Matrices.Related(1000, samples: 8000, left: 4, right: 3);
            double truth = Compare("cka", x, y, 0).Value;
            var rows = tensor([.. Enumerable.Range(0, 400).Select(i => (i * 20L + (long)seed) % 8000)]);
            var found = Compare("cka", x.index_select(0, rows), y.index_select(0, rows), 0);
            if (found.Interval.Low <= truth && truth <= found.Interval.High) covered++;
        }

        Assert.InRange(covered, 33, 40); // 40 draws of 95 %: below 33 with probability 0.1 %
    }

    [Theory]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("pwcca")]
    [InlineData("regression")]
    public void Fewer_samples_than_features_are_refused(string name)
    {
        using var scope = NewDisposeScope();
        var x = Matrices.Normal(1, 50, 100);
        var error = Assert.Throws<RefusedException>(() => Compare(name, x, x, 0, FewSamples.Refuse));
        Assert.Contains("50 samples", error.Message);
    }

    [Theory]
    [InlineData("cka")]
    [InlineData("cka-debiased")]
    [InlineData("procrustes")]
    [InlineData("rsa")]
    [InlineData("cka-rbf")]
    public void More_features_than_samples_agree_with_the_textbook_where_that_means_something(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(41, samples: 40, left: 90, right: 60);
        Assert.Equal(Golgi.Tests.Oracles.TextbookSimilarity.Value(name, x, y), Compare(name, x, y, 0, FewSamples.Refuse).Value, 1e-9);
    }

    [Fact]
    public void Bad_input_is_named()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(51);
        Assert.Contains("199", Assert.Throws<ArgumentException>(() => Compare("cca", x, y.narrow(0, 0, 199), 0)).Message);
        var broken = x.clone();
        broken[17, 3] = double.NaN;
        Assert.Contains("row 17, column 3", Assert.Throws<ArgumentException>(() => Compare("cka", broken, y, 0)).Message);
        Assert.Contains("constant", Assert.Throws<ArgumentException>(() => Compare("cca", full_like(x, 0.3), y, 0)).Message);
        Assert.Contains("svcca", Assert.Throws<ArgumentException>(() => Measure.Named("svca")).Message);
    }

    private static SimilarityComparison Compare(string name, Tensor x, Tensor y, int permutations, FewSamples few = FewSamples.Warn)
    {
        using var left = new TensorRows("left", x.clone());
        using var right = new TensorRows("right", y.clone());
        return new Comparer(new ComparisonOptions { Permutations = permutations, FewSamples = few }).Compare(left, right, Measure.Named(name));
    }
}

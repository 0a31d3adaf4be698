using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Numerics.Statistics;
using Golgi.Tests.Oracles;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Measures;

/// <summary>CKA from batches, and Bartlett's tests.</summary>
public sealed class MinibatchCkaTests
{
    [Fact]
    public void One_batch_is_debiased_cka_and_a_short_one_is_left_out()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(1, samples: 50);
        var cka = new MinibatchCka();
        cka.Add(x, y);
        cka.Add(x.narrow(0, 0, 3), y.narrow(0, 0, 3));
        Assert.Equal(TextbookSimilarity.Value("cka-debiased", x, y), cka.Value, 1e-10);
        Assert.Equal((1, 1), (cka.Batches, cka.Short));
    }

    [Fact]
    public void Batches_of_ten_come_to_what_all_samples_say()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(2, samples: 4000);
        var cka = new MinibatchCka();
        for (int at = 0; at < 4000; at += 10) cka.Add(x.narrow(0, at, 10), y.narrow(0, at, 10));
        Assert.Equal(TextbookSimilarity.Value("cka", x, y), cka.Value, 0.02);
        Assert.Throws<InvalidOperationException>(() => new MinibatchCka().Value);
    }

    [Fact]
    public void Bartlett_counts_the_signals_that_are_shared()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(3, samples: 500, left: 20, right: 30, shared: 5);
        using var overlap = Overlap.Of(x, y);
        Assert.Equal(5, Bartlett.Shared(new Cca().Of(overlap).Coefficients, 20, 30, 500));
    }

    [Fact]
    public void Tails_agree_with_tables()
    {
        Assert.Equal(0.05, SpecialFunctions.GammaTail(0.5, 3.841458820694124 / 2), 1e-10);  // χ², 1 degree of freedom
        Assert.Equal(0.05, SpecialFunctions.GammaTail(5, 18.307038053275146 / 2), 1e-10);   // 10
        Assert.Equal(2.2621571627409915, SpecialFunctions.StudentQuantile(0.95, 9), 1e-8);
        Assert.Equal(0.6875, SpecialFunctions.Beta(2, 3, 0.5), 1e-12);
        Assert.Equal(Math.Log(24), SpecialFunctions.LogGamma(5), 1e-12);
    }
}

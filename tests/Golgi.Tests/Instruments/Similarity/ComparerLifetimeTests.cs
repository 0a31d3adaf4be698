using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>Repeatability, and that nothing is left in memory.</summary>
[Collection(TorchState.Name)]
public sealed class ComparerLifetimeTests
{
    [Theory]
    [InlineData("svcca")]
    [InlineData("pwcca")]
    [InlineData("procrustes")]
    [InlineData("cka-debiased")]
    [InlineData("rsa")]
    public void The_same_seed_gives_the_same_bits_and_no_tensor_stays_behind(string name)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(61);
        using var left = new TensorRows("left", x.clone());
        using var right = new TensorRows("right", y.clone());
        var comparer = new Comparer(new ComparisonOptions { Permutations = 5 });
        var first = comparer.Compare(left, right, Measure.Named(name));
        var second = first;
        LiveTensors.StayFlat(() => second = comparer.Compare(left, right, Measure.Named(name)));
        Assert.Equal(first.Null, second.Null);
        Assert.Equal(first.Interval, second.Interval);
    }
}

using Golgi.Numerics.LinearAlgebra;
using Golgi.Tests.Instruments.Similarity;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.LinearAlgebra;

/// <summary>Products over rows by whatever way the processor has, against plain matrix products.</summary>
public sealed class TransposedProductTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(7, 3, 5)]
    [InlineData(192, 16, 8)]
    [InlineData(500, 33, 70)]
    [InlineData(1000, 130, 17)]
    public void Products_of_any_size_agree_with_the_plain_ones(int rows, int left, int right)
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, rows, left), Matrices.Normal(2, rows, right));
        var (a, b) = (Matrices.Normal(3, left), Matrices.Normal(4, right));
        Near.Equal(x.t().mm(y), TransposedProduct.Of(x, y), 1e-12);

        var cross = zeros(left, right, dtype: ScalarType.Float64);
        TransposedProduct.AddTo(cross, x, a, y, b);
        Near.Equal((x - a).t().mm(y - b), cross, 1e-12);

        (Tensor, Tensor, Tensor, Tensor) Side(Tensor values, Tensor origin) =>
            (zeros(origin.shape[0], origin.shape[0], dtype: ScalarType.Float64), zeros_like(origin), values, origin);
        var (first, second, between) = (Side(x, a), Side(y, b), zeros_like(cross));
        TransposedProduct.AddPair(first, second, between);
        Near.Equal(cross, between, 1e-13);
        Near.Equal((x - a).t().mm(x - a).triu(), first.Item1.triu(), 1e-12);
        Near.Equal((y - b).sum([0L]), second.Item2, 1e-11);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 800, 90), Matrices.Normal(2, 800, 60));
        int before = get_num_threads();
        try
        {
            set_num_threads(1);
            var one = TransposedProduct.Of(x, y);
            set_num_threads(4);
            if (RowPanels.Fast) Assert.True(one.Equals(TransposedProduct.Of(x, y)));
        }
        finally
        {
            set_num_threads(before);
        }
    }
}

using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.LinearAlgebra;

public sealed class HadamardTests
{
    [Fact]
    public void The_textbook_vector_transforms_as_in_the_textbook()
    {
        float[] x = [1, 0, 1, 0, 0, 1, 1, 0];
        Hadamard.Transform(x.AsSpan());
        Assert.Equal([4, 2, 0, -2, 0, 2, 0, 2], x);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void It_is_the_product_with_Sylvesters_matrix(int n)
    {
        // Whole numbers, so that sums are exact in any order.
        double[] x = [.. new Philox(3).Permutation(n).Select(i => (double)i)];
        double[] expected = [.. Enumerable.Range(0, n).Select(row => Enumerable.Range(0, n).Sum(column => Entry(row, column) * x[column]))];
        float[] single = [.. x.Select(v => (float)v)];
        Hadamard.Transform(x.AsSpan());
        Hadamard.Transform(single.AsSpan());
        Assert.Equal(expected, x);
        Assert.Equal(expected, single.Select(v => (double)v));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(15)]
    [InlineData(18)]
    public void Cached_parallel_and_matrix_forms_agree(int log)
    {
        int n = 1 << log;
        float[] x = [.. new Philox(5).Permutation(n).Select(i => (float)(i % 37) - 18)];
        float[] reference = [.. x];
        for (int h = 1; h < n; h *= 2)
        {
            for (int i = 0; i < n; i++)
            {
                if ((i & h) == 0) (reference[i], reference[i + h]) = (reference[i] + reference[i + h], reference[i] - reference[i + h]);
            }
        }

        using var scope = NewDisposeScope();
        var vector = tensor(x);
        var products = Hadamard.ByMatrixProducts(vector);
        Hadamard.Transform(vector);
        Assert.Equal(reference, vector.data<float>().ToArray());
        Assert.Equal(reference, products.data<float>().ToArray());
    }

    [Fact]
    public void Twice_is_n_times_the_vector()
    {
        double[] x = [.. Enumerable.Range(0, 1 << 14).Select(i => (double)((i * 7919) % 101))];
        double[] y = [.. x];
        Hadamard.Transform(y.AsSpan());
        Hadamard.Transform(y.AsSpan());
        Assert.Equal(x.Select(v => v * x.Length), y);
    }

    [Fact]
    public void Other_lengths_are_refused() =>
        Assert.Contains("power of two", Assert.Throws<ArgumentException>(() => Hadamard.Transform(new float[6].AsSpan())).Message);

    private static double Entry(int row, int column) => int.PopCount(row & column) % 2 == 0 ? 1 : -1;
}

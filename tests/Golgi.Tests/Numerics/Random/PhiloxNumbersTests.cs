using System.Runtime.Intrinsics;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using Xunit;

namespace Golgi.Tests.Numerics.Random;

public sealed class PhiloxNumbersTests
{
    private static readonly Philox Source = new(42, 9);

    [Fact]
    public void Vector_and_scalar_words_are_the_same()
    {
        uint[] words = new uint[1003];
        Source.Fill(words, 5);
        for (int i = 0; i < words.Length; i++)
        {
            ulong block = (ulong)(i + 5) / 4;
            var (x, y, z, w) = Philox.Block(((uint)block, 0, 9, 0), (42, 0));
            Assert.Equal(((i + 5) % 4) switch { 0 => x, 1 => y, 2 => z, _ => w }, words[i]);
        }
    }

    [Fact]
    public void Counters_pass_32_bits_without_a_seam()
    {
        uint[] words = new uint[64];
        const ulong start = ((ulong)uint.MaxValue * 4) - 24;
        Source.Fill(words, start);
        for (int i = 0; i < words.Length; i++)
        {
            ulong block = (start + (ulong)i) / 4;
            var (x, y, z, w) = Philox.Block(((uint)block, (uint)(block >> 32), 9, 0), (42, 0));
            Assert.Equal(((start + (ulong)i) % 4) switch { 0 => x, 1 => y, 2 => z, _ => w }, words[i]);
        }
    }

    [Fact]
    public void Normal_numbers_are_those_of_Box_and_Muller()
    {
        uint[] words = new uint[16 * 500];
        float[] normals = new float[words.Length];
        Source.Fill(words);
        Source.FillNormal(normals);
        for (int i = 0; i < words.Length; i++)
        {
            int first = (i / 16 * 16) + (i % 8);
            double radius = Math.Sqrt(-2 * Math.Log((words[first] + 0.5) / 4294967296.0));
            double angle = 2 * Math.PI * ((words[first + 8] / 4294967296.0) - 0.125); // the vector form's eighth of a turn
            double expected = radius * (i % 16 < 8 ? Math.Cos(angle) : Math.Sin(angle));
            Assert.Equal(expected, normals[i], 2e-6);
        }
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        const int n = 1_000_000;
        float[] x = new float[n];
        Source.FillNormal(x);
        double mean = x.Average(v => (double)v), second = x.Average(v => (double)v * v), fourth = x.Average(v => Math.Pow(v, 4));
        Assert.InRange(mean, -5 / Math.Sqrt(n), 5 / Math.Sqrt(n));
        Assert.InRange(second, 1 - (5 * Math.Sqrt(2.0 / n)), 1 + (5 * Math.Sqrt(2.0 / n)));
        Assert.InRange(fourth, 3 - (5 * Math.Sqrt(96.0 / n)), 3 + (5 * Math.Sqrt(96.0 / n)));
        Assert.InRange(x.Count(v => v > 3), 1350 - 190, 1350 + 190); // n (1 - Φ(3)) = 1350
    }

    // From an independent version in numpy, float32 by float32; the words themselves are Random123's.
    [Fact]
    public void The_same_seed_gives_these_numbers_on_every_machine()
    {
        float[] normals = new float[16], uniform = new float[3], signs = new float[8];
        int[] indices = new int[6], order = new int[10];
        var philox = new Philox(1);
        philox.FillNormal(normals);
        philox.FillUniform(uniform);
        philox.FillSigns(signs);
        philox.FillIndices(indices, 1000);
        philox.FillPermutation(order);
        Assert.Equal(
            "3eb163d3 bedb8488 bf613780 3e73eab5 bf197c3c 3ee19ebd 3f9b03fe 3f53eff7 "
            + "3eabb0a3 3e498fcc bf0b3ddd bf4a5530 bf28f29e be8c21b2 3e0fcc52 becb2fb0",
            string.Join(' ', normals.Select(v => BitConverter.SingleToUInt32Bits(v).ToString("x8"))));
        Assert.Equal("3f63e806 3f650a0e 3f15f222", string.Join(' ', uniform.Select(v => BitConverter.SingleToUInt32Bits(v).ToString("x8"))));
        Assert.Equal("1 1 1 1 -1 -1 -1 1", string.Join(' ', signs));
        Assert.Equal("890 894 585 711 671 874", string.Join(' ', indices));
        Assert.Equal("0 2 8 6 1 9 4 5 3 7", string.Join(' ', order));
        Assert.Equal(4588733344954614076, BitConverter.DoubleToInt64Bits(philox.Reader().NextNormal()));
    }

    [Fact]
    public void Any_part_of_any_kind_equals_that_part_of_the_whole()
    {
        float[] whole = new float[300], part = new float[101];
        foreach (var fill in new Action<float[], ulong>[]
                 {
                     (x, s) => Source.FillNormal(x, s), (x, s) => Source.FillUniform(x, s), (x, s) => Source.FillSigns(x, s),
                 })
        {
            fill(whole, 0);
            fill(part, 37);
            Assert.Equal(whole[37..138], part);
        }
    }

    [Fact]
    public void Logarithms_are_right_to_the_last_digits()
    {
        foreach (double x in new[] { 1e-300, 2.3e-10, 0.1, 0.5, 0.7071, 0.7072, 1 - 1e-12, 1, 1.4142, 1.4143, 3, 1e9 })
        {
            Assert.Equal(Math.Log(x), ExactMath.Log(x), Math.Abs(Math.Log(x)) * 1e-15);
        }
    }

    [Fact]
    public void The_logistic_function_is_right_to_single_precision_everywhere()
    {
        float[] places =
            [.. Enumerable.Range(-4000, 8001).Select(i => i / 40f), -1e30f, -87, 87, 1e30f, float.NegativeInfinity, float.PositiveInfinity];
        foreach (float x in places)
        {
            float found = ExactMath.Sigmoid(Vector256.Create(x))[3];
            Assert.Equal(1 / (1 + Math.Exp(-(double)x)), found, 2e-7);
            Assert.InRange(found, 0, 1);
        }
    }

    [Fact]
    public void A_filled_permutation_holds_every_index_once()
    {
        int[] order = new int[5000];
        Source.FillPermutation(order);
        Assert.Equal(Enumerable.Range(0, 5000), order.Order());
        Assert.InRange(Enumerable.Range(0, 5000).Count(i => order[i] == i), 0, 8); // Poisson with mean 1
    }

    [Fact]
    public void Signs_and_indices_are_even()
    {
        float[] signs = new float[100_000];
        int[] indices = new int[100_000];
        Source.FillSigns(signs);
        Source.FillIndices(indices, 10);
        Assert.InRange(signs.Sum(), -5 * Math.Sqrt(100_000), 5 * Math.Sqrt(100_000));
        double chiSquare = indices.GroupBy(i => i).Sum(g => Math.Pow(g.Count() - 10_000, 2) / 10_000);
        Assert.InRange(chiSquare, 0.5, 30); // 9 degrees of freedom
    }
}

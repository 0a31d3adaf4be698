using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Golgi.Weights.Projections;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every random projection must satisfy, at odd sizes.</summary>
public sealed class ProjectionContract
{
    private static readonly (long Weights, int Dimension)[] Sizes = [(1, 1), (2, 1), (7, 7), (13, 5), (1000, 1), (1001, 37), (2999, 300), (9001, 3)];

    public static TheoryData<string, long, int> Cases()
    {
        var cases = new TheoryData<string, long, int>();
        foreach (string kind in ProjectionCatalog.Names)
        {
            foreach (var (weights, dimension) in Sizes) cases.Add(kind, weights, dimension);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_adjoint_to_its_transpose_and_linear(string kind, long weights, int dimension)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, weights, dimension, 5);
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            Tensor c = Draw(dimension, 1).to(type), other = Draw(dimension, 2).to(type), g = Draw(weights, 3).to(type);
            var image = Image(projection, c);
            var back = zeros(dimension, type);
            projection.Adjoint(g, back);
            double left = image.to(ScalarType.Float64).dot(g.to(ScalarType.Float64)).item<double>();
            double right = c.to(ScalarType.Float64).dot(back.to(ScalarType.Float64)).item<double>();
            double size = (image.norm() * g.norm()).to(ScalarType.Float64).item<double>() + 1e-30;
            Assert.Equal(left / size, right / size, type == ScalarType.Float32 ? 1e-5 : 1e-12);
            Near.Equal(image * 2 - Image(projection, other) * 3, Image(projection, c * 2 - other * 3), type == ScalarType.Float32 ? 1e-5 : 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_matrix_of_its_columns(string kind, long weights, int dimension)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, weights, dimension, 5);
        var matrix = Matrix(projection);                                     // [d, D]
        Tensor c = Draw(dimension, 1).to(ScalarType.Float64), g = Draw(weights, 3).to(ScalarType.Float64), back = zeros_like(c);
        projection.Adjoint(g, back);
        Near.Equal(matrix.t().mv(c), Image(projection, c), 1e-6);
        Near.Equal(matrix.mv(g), back, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void One_thread_and_two_give_the_same_bits_and_so_does_a_second_object(string kind, long weights, int dimension)
    {
        using var scope = NewDisposeScope();
        Tensor c = Draw(dimension, 1), g = Draw(weights, 3);
        var results = new List<byte[]>();
        int threads = get_num_threads();
        try
        {
            foreach (int count in new[] { 1, 2 })
            {
                set_num_threads(count);
                using var projection = ProjectionCatalog.Create(kind, weights, dimension, 5);
                var back = zeros_like(c);
                projection.Adjoint(g, back);
                results.Add([.. Image(projection, c).bytes, .. back.bytes]);
            }
        }
        finally
        {
            set_num_threads(threads);
        }

        Assert.Equal(results[0], results[1]);
        using var otherSeed = ProjectionCatalog.Create(kind, weights, dimension, 6);
        if (weights > 100) Assert.NotEqual(results[0][..(int)(4 * weights)], Image(otherSeed, c).bytes.ToArray());
    }

    // The same seed names the same projection on every machine: a change here breaks every stored coordinate file.
    [Theory]
    [InlineData("grouping", 1001, "966d6d6eda452657")]
    [InlineData("fastfood", 1001, "76453c1de07ad08f")]
    [InlineData("fastfood", 3001, "87220be686be49c6")]
    [InlineData("fastfood-single", 9001, "e57c1508f811f04a")]
    [InlineData("dense", 1001, "8b020967b793b9fb")]
    [InlineData("orthonormal", 1001, "bf7e21102a1b4b59")]
    [InlineData("sparse", 1001, "6dc57f94e7b6bf7d")]
    [InlineData("kronecker", 1001, "9e822815f2923134")]
    public void A_seed_names_the_same_map_everywhere(string kind, long weights, string expected)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, weights, 37, 5);
        byte[] image = Image(projection, Draw(37, 1)).bytes.ToArray();
        Assert.Equal(expected, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(image))[..16]);
    }

    [Theory]
    [InlineData("grouping", 1e-6)]
    [InlineData("dense", 1e-6)]
    [InlineData("orthonormal", 1e-6)]
    [InlineData("sparse", 1e-6)]
    [InlineData("fastfood", 0.01)]
    [InlineData("fastfood-single", 0.01)]
    [InlineData("kronecker", 0.02)]
    public void Columns_have_unit_norm_over_all_weights(string kind, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, 44_426, 290, 5);
        var unit = zeros(290);
        for (int j = 0; j < 290; j += 41)
        {
            unit.zero_();
            unit[j] = tensor(1f);
            Assert.Equal(1, Image(projection, unit).norm().item<float>(), tolerance);
        }
    }

    [Theory]
    [InlineData("grouping", 2999, 300)]
    [InlineData("grouping", 7, 7)]
    [InlineData("orthonormal", 1001, 37)]
    public void Isometric_kinds_are_isometric(string kind, long weights, int dimension)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, weights, dimension, 5);
        var matrix = Matrix(projection);
        Near.Equal(eye(dimension, dtype: ScalarType.Float64), matrix.mm(matrix.t()), 1e-6);
    }

    [Theory]
    [InlineData("grouping")]
    [InlineData("fastfood")]
    [InlineData("fastfood-single")]
    [InlineData("dense")]
    [InlineData("sparse")]
    [InlineData("kronecker")]
    public void Random_directions_are_nearly_orthogonal(string kind)
    {
        using var scope = NewDisposeScope();
        using var projection = ProjectionCatalog.Create(kind, 20_000, 40, 5);
        var matrix = Matrix(projection);
        var overlaps = matrix.mm(matrix.t()) - eye(40, dtype: ScalarType.Float64);
        // Standard deviation 1/√D = 0.007; the largest of 780 lies within five, Kronecker's factors within five of 1/√141.
        Assert.InRange(overlaps.abs().max().item<double>(), 0, kind == "kronecker" ? 0.45 : 0.036);
    }

    [Fact]
    public void Dense_columns_that_are_made_anew_at_each_use_equal_stored_ones()
    {
        using var stored = DenseProjection.Gaussian(10_001, 50, 5);
        using var anew = DenseProjection.Gaussian(10_001, 50, 5, memory: 0);
        AreTheSame(stored, anew);
    }

    [Theory]
    [InlineData(10_001, 50)]
    [InlineData(9_001, 3)]
    [InlineData(20_011, 9_000)]
    public void Groups_and_Fastfood_blocks_that_are_made_anew_at_each_use_equal_stored_ones(long weights, int dimension)
    {
        using var groups = new GroupingProjection(weights, dimension, 5);
        using var groupsAnew = new GroupingProjection(weights, dimension, 5, stored: 0);
        AreTheSame(groups, groupsAnew);
        using var blocks = FastfoodProjection.Stacked(weights, dimension, 5);
        using var blocksAnew = FastfoodProjection.Stacked(weights, dimension, 5, stored: 0);
        AreTheSame(blocks, blocksAnew);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(101)]
    public void A_dimension_outside_its_range_is_refused_with_the_range(int dimension)
    {
        foreach (string kind in ProjectionCatalog.Names)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => ProjectionCatalog.Create(kind, 100, dimension, 0));
            Assert.Contains("between 1 and 100", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Wrong_shapes_types_and_names_are_refused()
    {
        using var scope = NewDisposeScope();
        using var projection = new GroupingProjection(10, 3, 0);
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => projection.Apply(zeros(4), zeros(10), zeros(10))).Message);
        Assert.Contains("[10]", Assert.Throws<ArgumentException>(() => projection.Adjoint(zeros(9), zeros(3))).Message);
        Assert.Contains("Float64", Assert.Throws<ArgumentException>(
            () => projection.Adjoint(zeros(10), zeros(3, ScalarType.Float64))).Message);
        Assert.Contains("fastfood", Assert.Throws<ArgumentException>(() => ProjectionCatalog.Create("fastfod", 10, 3, 0)).Message);
    }

    private static void AreTheSame(Projection one, Projection other)
    {
        using var scope = NewDisposeScope();
        Tensor c = Draw(one.Dimension, 1), g = Draw(one.WeightCount, 2), first = zeros_like(c), second = zeros_like(c);
        Near.Exact(Image(one, c), Image(other, c));
        one.Adjoint(g, first);
        other.Adjoint(g, second);
        Near.Equal(first, second, 1e-5);
    }

    private static Tensor Image(Projection projection, Tensor coordinates)
    {
        var image = zeros(projection.WeightCount, coordinates.dtype);
        projection.Apply(coordinates, zeros_like(image), image);
        return image;
    }

    /// <summary>Column by column, in float64: [d, D].</summary>
    private static Tensor Matrix(Projection projection) => stack(
        [.. Enumerable.Range(0, projection.Dimension).Select(j =>
        {
            var unit = zeros(projection.Dimension, ScalarType.Float64);
            unit[j] = tensor(1.0);
            return Image(projection, unit);
        })]);

    private static Tensor Draw(long count, ulong stream)
    {
        float[] numbers = new float[count];
        new Philox(99, stream).FillNormal(numbers);
        return tensor(numbers);
    }
}

using Golgi.Numerics.LinearAlgebra;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics.LinearAlgebra;

public sealed class PrincipalComponentsTests
{
    [Fact]
    public void Variances_are_those_of_scikit_learn()
    {
        using var points = PlanarPoints.Groups();
        using var components = PrincipalComponents.Fit(points, 3);

        // sklearn.decomposition.PCA(3).fit(X).explained_variance_ and the sum of explained_variance_ratio_ (1.2.1)
        Near.Equal(tensor(new[] { 7.896364985506746, 0.9711014840622719, 0.9367894267206079 }), components.Variances, 1e-10);
        Assert.Equal(0.8561055134140347, components.Variances.sum().item<double>() / components.TotalVariance, 10);
    }

    [Fact]
    public void More_features_than_samples_give_the_same_components_by_the_smaller_matrix()
    {
        using var scope = NewDisposeScope();
        var points = PlanarPoints.Groups(12);
        var padded = cat([points, zeros(12, 20, ScalarType.Float64)], 1);
        using var narrow = PrincipalComponents.Fit(points, 4);
        using var wide = PrincipalComponents.Fit(padded, 4);
        Near.Equal(narrow.Variances, wide.Variances, Near.Algebra);
        Near.Equal(narrow.Directions, wide.Directions.narrow(1, 0, 8), 1e-8);
        Near.Equal(narrow.Project(points), wide.Project(padded), 1e-8);
    }

    [Fact]
    public void Directions_are_orthonormal_and_coordinates_uncorrelated()
    {
        using var scope = NewDisposeScope();
        var points = PlanarPoints.Groups();
        using var components = PrincipalComponents.Fit(points, 8);
        Near.Equal(eye(8, dtype: ScalarType.Float64), components.Directions.mm(components.Directions.t()), Near.Algebra);
        var coordinates = components.Project(points);
        Near.Equal(components.Variances.diag(), coordinates.t().mm(coordinates) / 59, Near.Algebra);
    }

    [Fact]
    public void Points_on_a_line_have_one_component()
    {
        using var scope = NewDisposeScope();
        var points = arange(10, ScalarType.Float64).unsqueeze(1) * tensor(new[] { 3.0, 4.0 });
        using var components = PrincipalComponents.Fit(points, 2);
        Near.Equal(tensor(new[,] { { 0.6, 0.8 } }), components.Directions, Near.Algebra);
    }
}

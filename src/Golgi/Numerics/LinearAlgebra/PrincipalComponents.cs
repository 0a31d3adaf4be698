using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>Principal components of a set of points, exact: the leading eigenvectors of their covariance, in float64.</summary>
/// <remarks>Works on the covariance [features, features] or, where there are fewer samples than features, on the Gram matrix
/// [samples, samples]; both give the same components. Each component's entry of greatest magnitude is positive, so that
/// signs do not depend on the solver.</remarks>
public sealed class PrincipalComponents : IDisposable
{
    private const double RelativeRank = 1e-12; // eigenvalues below this share of the first are rounding

    private PrincipalComponents(Tensor mean, Tensor directions, Tensor variances, double total)
    {
        Mean = mean.DetachFromDisposeScope();
        Directions = directions.DetachFromDisposeScope();
        Variances = variances.DetachFromDisposeScope();
        TotalVariance = total;
    }

    /// <summary>The points' mean, float64 [features]. Owned by this object.</summary>
    public Tensor Mean { get; }

    /// <summary>Unit vectors, strongest first, float64 [components, features]. Owned by this object.</summary>
    public Tensor Directions { get; }

    /// <summary>The variance along each component (divided by samples − 1), float64 [components]. Owned by this object.</summary>
    public Tensor Variances { get; }

    /// <summary>The variance of all components together, also of those that were left out.</summary>
    public double TotalVariance { get; }

    /// <summary>Finds the components.</summary>
    /// <param name="points">[samples, features], 2 samples or more, finite.</param>
    /// <param name="count">How many at the most; fewer come back where the points span less.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There are fewer than two points, or the shape is wrong.</exception>
    /// <remarks>O(samples · features · min(samples, features)).</remarks>
    public static PrincipalComponents Fit(Tensor points, int count)
    {
        Check.Positive(count);
        Check.Shape(points, "[samples, features]");
        if (points.shape[0] < 2)
        {
            throw new ArgumentException($"There is {points.shape[0]} point; principal components need 2 or more.", nameof(points));
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = points.detach().to(ScalarType.Float64);
        var mean = x.mean([0]);
        var centered = x - mean;                                             // [samples, features]
        long samples = x.shape[0], features = x.shape[1];
        bool wide = samples < features;
        var gram = (wide ? centered.mm(centered.t()) : centered.t().mm(centered)).div_(samples - 1);
        var (values, vectors) = linalg.eigh(gram);                           // ascending
        values = values.flip(0).clamp_min(0);
        vectors = vectors.flip(1);

        double total = values.sum().item<double>();
        double floor = values[0].item<double>() * RelativeRank;
        long rank = Math.Max(1, values.gt(floor).sum().item<long>());
        long kept = Math.Min(count, rank);
        var directions = vectors.narrow(1, 0, kept).t();                     // [kept, samples or features]
        if (wide)
        {
            directions = directions.mm(centered);
            directions /= directions.norm(1, keepdim: true, p: 2f).clamp_min(double.Epsilon);
        }

        var largest = directions.gather(1, directions.abs().argmax(1, keepdim: true));
        directions = directions * where(largest.lt(0), -ones_like(largest), ones_like(largest));
        return new PrincipalComponents(mean.clone(), directions.contiguous(), values.narrow(0, 0, kept).clone(), total);
    }

    /// <summary>The coordinates of points along the components.</summary>
    /// <param name="points">[samples, features].</param>
    /// <returns>float64 [samples, components]; the caller owns it.</returns>
    public Tensor Project(Tensor points)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = Check.Shape(points, $"[samples, {Mean.shape[0]}]").detach().to(ScalarType.Float64);
        return (x - Mean).mm(Directions.t()).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Mean.Dispose();
        Directions.Dispose();
        Variances.Dispose();
    }
}

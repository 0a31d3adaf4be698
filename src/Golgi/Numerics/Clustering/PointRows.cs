using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>Point sets as the managed algorithms read them.</summary>
internal static class PointRows
{
    /// <summary>Points row by row, in float64.</summary>
    /// <exception cref="ArgumentException">They are not [samples, features] or not finite.</exception>
    public static double[] Of(Tensor points)
    {
        using var scope = NewDisposeScope();
        Check.Finite(Check.Shape(points, "[samples, features]"));
        return [.. points.detach().cpu().to(ScalarType.Float64).contiguous().data<double>()];
    }
}

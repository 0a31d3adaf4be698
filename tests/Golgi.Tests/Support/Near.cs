using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Support;

/// <summary>The one table of tolerances. A test may tighten, never loosen silently.</summary>
internal static class Near
{
    /// <summary>float64 algebra: a few hundred roundings of 1e-16, times condition numbers up to about 1e3.</summary>
    public const double Algebra = 1e-10;

    /// <summary>float32, one pass: a few hundred roundings of 6e-8.</summary>
    public const double Single = 1e-5;

    /// <summary>Central differences in float64 with h = 1e-6: the truncation and rounding errors meet near 1e-9 relative.</summary>
    public const double Gradient = 1e-6;

    /// <summary>Element-wise |a − e| ≤ tolerance · (scale of e) where the scale is max(|e|) or 1e-6, whichever is larger.</summary>
    public static void Equal(Tensor expected, Tensor actual, double tolerance)
    {
        Assert.Equal(expected.shape, actual.shape);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var e = expected.detach().cpu().to(ScalarType.Float64).flatten();
        var a = actual.detach().cpu().to(ScalarType.Float64).flatten();
        if (e.numel() == 0) return;
        Assert.False(a.isnan().any().item<bool>(), "The actual values hold a NaN.");
        double scale = Math.Max(e.abs().max().item<double>(), 1e-6);
        var error = (a - e).abs();
        long worst = error.argmax().item<long>();
        double value = error[worst].item<double>();
        Assert.True(
            value <= tolerance * scale,
            $"Element {worst}: expected {e[worst].item<double>():R}, got {a[worst].item<double>():R}; error {value / scale:E2} of scale, allowed "
                + $"{tolerance:E1}.");
    }

    /// <summary>Bit for bit, NaN equal to nothing.</summary>
    public static void Exact(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.Equal(expected.dtype, actual.dtype);
        using var scope = NewDisposeScope();
        Assert.True(expected.detach().cpu().eq(actual.detach().cpu()).all().item<bool>(), "The tensors differ.");
    }
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Matrix products that check first: TorchSharp 0.107 does not catch what libtorch throws in matmul, and the process ends.</summary>
internal static class Product
{
    /// <summary>As NumPy's matmul.</summary>
    /// <exception cref="InvalidDataException">Types or shapes do not go together.</exception>
    public static Tensor Of(Tensor a, Tensor b)
    {
        long[] left = a.shape, right = b.shape;
        bool fits = a.dtype == b.dtype && a.device.ToString() == b.device.ToString() && left.Length > 0 && right.Length > 0
            && left[^1] == right[right.Length == 1 ? 0 : ^2];
        for (int i = 3; fits && i <= Math.Min(left.Length, right.Length); i++) fits = left[^i] == right[^i] || left[^i] == 1 || right[^i] == 1;
        return fits
            ? a.matmul(b)
            : throw new InvalidDataException($"{a.dtype} {Check.Describe(left)} cannot be multiplied by {b.dtype} {Check.Describe(right)}.");
    }
}

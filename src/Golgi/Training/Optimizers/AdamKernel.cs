using System.Numerics;
using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>The arithmetic of one <see cref="Adam"/> step. Four reads and three writes per coordinate in one pass, where separate
/// tensor operations read and write each vector several times.</summary>
/// <param name="Beta1">β₁.</param>
/// <param name="Beta2">β₂.</param>
/// <param name="StepSize">η / (1 − β₁ᵗ).</param>
/// <param name="RootCorrection">√(1 − β₂ᵗ).</param>
/// <param name="Epsilon">ε.</param>
/// <param name="Decay">λ added to the gradient.</param>
/// <param name="Shrink">Factor on the coordinates before the step; 1 − η λ for decoupled decay.</param>
internal readonly record struct AdamKernel(
    double Beta1, double Beta2, double StepSize, double RootCorrection, double Epsilon, double Decay, double Shrink)
{
    /// <summary>Changes coordinates, mean and square in place; all are [coordinates].</summary>
    public void Apply(Tensor coordinates, Tensor gradient, Tensor mean, Tensor square)
    {
        if (coordinates.dtype == ScalarType.Float32 && coordinates.device_type == DeviceType.CPU
            && coordinates.is_contiguous() && gradient.is_contiguous())
        {
            ApplyInOnePass(Floats(coordinates), Floats(gradient), Floats(mean), Floats(square));
        }
        else
        {
            ApplyByTensors(coordinates, gradient, mean, square);
        }
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private void ApplyInOnePass(Span<float> x, ReadOnlySpan<float> g, Span<float> m, Span<float> v)
    {
        float beta1 = (float)Beta1, beta2 = (float)Beta2, shrink = (float)Shrink, decay = (float)Decay, epsilon = (float)Epsilon;
        float root = (float)(1 / RootCorrection), step = (float)StepSize;
        float fresh1 = (float)(1 - Beta1), fresh2 = (float)(1 - Beta2);
        int width = Vector<float>.Count, i = 0;
        for (; i <= x.Length - width; i += width)
        {
            var weight = new Vector<float>(x[i..]);
            var slope = new Vector<float>(g[i..]) + (weight * decay);
            var mean = (new Vector<float>(m[i..]) * beta1) + (slope * fresh1);
            var square = (new Vector<float>(v[i..]) * beta2) + (slope * slope * fresh2);
            mean.CopyTo(m[i..]);
            square.CopyTo(v[i..]);
            var denominator = (Vector.SquareRoot(square) * root) + new Vector<float>(epsilon);
            ((weight * shrink) - (mean * step / denominator)).CopyTo(x[i..]);
        }

        for (; i < x.Length; i++)
        {
            float slope = g[i] + (x[i] * decay);
            m[i] = (m[i] * beta1) + (slope * fresh1);
            v[i] = (v[i] * beta2) + (slope * slope * fresh2);
            x[i] = (x[i] * shrink) - (m[i] * step / ((MathF.Sqrt(v[i]) * root) + epsilon));
        }
    }

    private void ApplyByTensors(Tensor x, Tensor gradient, Tensor m, Tensor v)
    {
        var g = Decay == 0 ? gradient : gradient.add(x, alpha: Decay);
        m.mul_(Beta1).add_(g, alpha: 1 - Beta1);
        v.mul_(Beta2).addcmul_(g, g, value: 1 - Beta2);
        if (Shrink != 1) x.mul_(Shrink);
        x.addcdiv_(m, v.sqrt().div_(RootCorrection).add_(Epsilon), value: -StepSize);
    }
}

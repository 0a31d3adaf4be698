using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Synthesis;

/// <summary>Split Bregman iterations for argmin_u TV(u) + w/2 |u − f|²: a Gauss-Seidel sweep for u, shrinkage for d ≈
/// ∇u, and
/// b ← b + ∇u − d, with λ = 2w; borders repeat.</summary>
/// <remarks>Goldstein and Osher 2009, in the order of scikit-image's denoise_tv_bregman, which the released code of
/// Nguyen et al.
/// 2016 calls: differences are those from before the sweep reaches a pixel, and the isotropic shrinkage of t is t · sλ
/// / (sλ + 1)
/// with s = |t|, softer than the exact max(0, s − 1/λ) t / s. The anisotropic one is exact.</remarks>
internal static class SplitBregman
{
    private const double Tolerance = 1e-3; // root mean square change of an iteration, raw units

    public static Tensor Denoise(Tensor f, double weight, TotalVariationKind kind, int iterations)
    {
        using var scope = NewDisposeScope();
        var source = f.detach().cpu().to(ScalarType.Float32).contiguous();
        int height = (int)f.shape[2], width = (int)f.shape[3], planes = (int)(f.shape[0] * f.shape[1]);
        float[] values = [.. source.data<float>()];
        Parts.Run(planes, Environment.ProcessorCount, (plane, _) =>
            new Plane(values, plane * height * width, height, width).Run((float)weight, kind, iterations));
        return tensor(values, f.shape).to(f.dtype).to(f.device).MoveToOuterDisposeScope();
    }

    /// <summary>One channel of one picture, with a border of one repeated pixel.</summary>
    private sealed class Plane(float[] values, int start, int height, int width)
    {
        private readonly int stride = width + 2;
        private readonly float[] u = new float[(width + 2) * (height + 2)];
        private readonly float[] dx = new float[(width + 2) * (height + 2)], dy = new float[(width + 2) * (height + 2)];
        private readonly float[] bx = new float[(width + 2) * (height + 2)], by = new float[(width + 2) * (height + 2)];

        public void Run(float weight, TotalVariationKind kind, int iterations)
        {
            for (int row = 0; row < height; row++)
            {
                values.AsSpan(start + (row * width), width).CopyTo(u.AsSpan(((row + 1) * stride) + 1));
            }

            Border();
            float lambda = 2 * weight;
            for (int i = 0; i < iterations; i++)
            {
                double change = 0;
                for (int row = 1; row <= height; row++)
                {
                    change += Sweep(row, weight, lambda, kind == TotalVariationKind.Isotropic);
                }
                Border();
                if (Math.Sqrt(change / (width * height)) < Tolerance) break;
            }

            for (int row = 0; row < height; row++)
            {
                u.AsSpan(((row + 1) * stride) + 1, width).CopyTo(values.AsSpan(start + (row * width)));
            }
        }

        private double Sweep(int row, float weight, float lambda, bool isotropic)
        {
            float norm = weight + (4 * lambda), threshold = 1 / lambda;
            double change = 0;
            int from = (row * stride) + 1;
            for (int at = from, source = start + ((row - 1) * width); at < from + width; at++, source++)
            {
                float old = u[at];
                float gradientX = u[at + 1] - old + bx[at], gradientY = u[at + stride] - old + by[at];
                float value = ((lambda * (u[at + stride] + u[at - stride] + u[at + 1] + u[at - 1]
                    + dx[at - 1] - dx[at] + dy[at - stride] - dy[at]
                    - bx[at - 1] + bx[at] - by[at - stride] + by[at])) + (weight * values[source])) / norm;
                u[at] = value;
                change += (value - old) * (double)(value - old);
                if (isotropic)
                {
                    float size = MathF.Sqrt((gradientX * gradientX) + (gradientY * gradientY)) * lambda;
                    float keep = size / (size + 1);
                    (dx[at], dy[at]) = (gradientX * keep, gradientY * keep);
                }
                else
                {
                    (dx[at], dy[at]) = (Shrink(gradientX, threshold), Shrink(gradientY, threshold));
                }

                bx[at] = gradientX - dx[at];
                by[at] = gradientY - dy[at];
            }

            return change;
        }

        private static float Shrink(float value, float threshold) =>
            value > threshold ? value - threshold : value < -threshold ? value + threshold : 0;

        private void Border()
        {
            for (int row = 1; row <= height; row++)
            {
                u[row * stride] = u[(row * stride) + 1];
                u[(row * stride) + width + 1] = u[(row * stride) + width];
            }

            Array.Copy(u, stride, u, 0, stride);
            Array.Copy(u, height * stride, u, (height + 1) * stride, stride);
        }
    }
}

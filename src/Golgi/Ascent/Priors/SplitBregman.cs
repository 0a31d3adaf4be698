using System.Numerics;
using System.Runtime.InteropServices;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>Split Bregman iterations for argmin_u TV(u) + w/2 |u − f|²: a Gauss-Seidel sweep for u, shrinkage for d ≈ ∇u, and
/// b ← b + ∇u − d, with λ = 2w; borders repeat.</summary>
/// <remarks>Goldstein and Osher 2009, in the order of scikit-image's denoise_tv_bregman, which the released code of Nguyen et al.
/// 2016 calls: differences are those from before the sweep reaches a pixel, and the isotropic shrinkage of t is t · sλ / (sλ + 1)
/// with s = |t|, softer than the exact max(0, s − 1/λ) t / s. The anisotropic one is exact. A sweep needs the pixel before, so
/// that pixels cannot go side by side; planes can, one in each lane of a vector.</remarks>
internal static class SplitBregman
{
    private const double Tolerance = 1e-3; // root mean square change of an iteration, raw units

    public static Tensor Denoise(Tensor f, double weight, TotalVariationKind kind, int iterations)
    {
        using var scope = NewDisposeScope();
        var source = f.detach().cpu().to(ScalarType.Float32).contiguous();
        int height = (int)f.shape[2], width = (int)f.shape[3], planes = (int)(f.shape[0] * f.shape[1]);
        float[] values = [.. source.data<float>()];
        int groups = (planes + Vector<float>.Count - 1) / Vector<float>.Count;
        Parts.Run(groups, get_num_threads(), (group, _) =>
        {
            int first = group * Vector<float>.Count, count = Math.Min(Vector<float>.Count, planes - first);
            new Planes(values.AsMemory(first * height * width, count * height * width), height, width, weight, kind).Run(iterations);
        });
        return tensor(values, f.shape).to(f.dtype).to(f.device).MoveToOuterDisposeScope();
    }

    /// <summary>Up to as many channels of pictures as a vector has lanes, each with a border of one repeated pixel.</summary>
    private sealed class Planes
    {
        private readonly Memory<float> values;
        private readonly int count, height, width, stride;
        private readonly float weight, lambda;
        private readonly bool isotropic;
        private readonly Vector<float>[] source, u, dx, dy, bx, by;

        public Planes(Memory<float> values, int height, int width, double weight, TotalVariationKind kind)
        {
            this.values = values;
            (this.height, this.width, this.weight) = (height, width, (float)weight);
            (count, stride, lambda) = (values.Length / (height * width), width + 2, 2 * this.weight);
            isotropic = kind == TotalVariationKind.Isotropic;
            (source, u, dx, dy, bx, by) = (Bordered(), Bordered(), Bordered(), Bordered(), Bordered(), Bordered());

            Vector<float>[] Bordered() => new Vector<float>[stride * (height + 2)];
        }

        public void Run(int iterations)
        {
            for (int lane = 0; lane < count; lane++) Read(lane);
            source.CopyTo(u, 0);
            Border();
            var moving = Vector<int>.AllBitsSet; // lanes whose planes still change
            for (int i = 0; i < iterations && moving != Vector<int>.Zero; i++)
            {
                Vector<double> low = default, high = default;
                for (int row = 1; row <= height; row++)
                {
                    Vector.Widen(Sweep(row, moving), out var first, out var second);
                    (low, high) = (low + first, high + second);
                }

                Border();
                var least = new Vector<double>(Tolerance * Tolerance * width * height);
                moving &= Vector.Narrow(Vector.GreaterThanOrEqual(low, least), Vector.GreaterThanOrEqual(high, least));
            }

            for (int lane = 0; lane < count; lane++) Write(lane);
        }

        private void Read(int lane)
        {
            var lanes = MemoryMarshal.Cast<Vector<float>, float>(source.AsSpan());
            var plane = values.Span.Slice(lane * height * width, height * width);
            for (int i = 0; i < plane.Length; i++) lanes[(Place(i) * Vector<float>.Count) + lane] = plane[i];
        }

        private void Write(int lane)
        {
            var lanes = MemoryMarshal.Cast<Vector<float>, float>(u.AsSpan());
            var plane = values.Span.Slice(lane * height * width, height * width);
            for (int i = 0; i < plane.Length; i++) plane[i] = lanes[(Place(i) * Vector<float>.Count) + lane];
        }

        /// <summary>Where pixel i of a plane stands within the border.</summary>
        private int Place(int i) => ((i / width + 1) * stride) + (i % width) + 1;

        /// <summary>One row of the sweep: the sum of squared changes of each lane that moves; the others stay as they are.</summary>
        private Vector<float> Sweep(int row, Vector<int> moving)
        {
            float norm = weight + (4 * lambda);
            Vector<float> pull = new(lambda / norm), hold = new(weight / norm), scale = new(lambda), threshold = new(1 / lambda);
            int from = (row * stride) + 1;
            var left = u[from - 1];
            var change = Vector<float>.Zero;
            for (int at = from; at < from + width; at++)
            {
                var old = u[at];
                var gradientX = u[at + 1] - old + bx[at];
                var gradientY = u[at + stride] - old + by[at];
                var others = u[at + stride] + u[at - stride] + u[at + 1]
                    + dx[at - 1] - dx[at] + dy[at - stride] - dy[at]
                    - bx[at - 1] + bx[at] - by[at - stride] + by[at];
                var given = (others * pull) + (source[at] * hold);
                left = Vector.ConditionalSelect(moving, Vector.FusedMultiplyAdd(left, pull, given), old); // all that waits for the pixel before
                u[at] = left;
                change += (left - old) * (left - old);
                if (isotropic)
                {
                    var size = Vector.SquareRoot((gradientX * gradientX) + (gradientY * gradientY)) * scale;
                    var keep = size / (size + Vector<float>.One);
                    (dx[at], dy[at]) = (gradientX * keep, gradientY * keep);
                }
                else
                {
                    (dx[at], dy[at]) = (Shrink(gradientX, threshold), Shrink(gradientY, threshold));
                }

                (bx[at], by[at]) = (gradientX - dx[at], gradientY - dy[at]);
            }

            return change;
        }

        private static Vector<float> Shrink(Vector<float> value, Vector<float> threshold) =>
            value - Vector.Min(Vector.Max(value, -threshold), threshold);

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

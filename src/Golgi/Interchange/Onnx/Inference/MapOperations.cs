using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>What lies between convolutions: padding, pools, sums, and the way from and to tensors. Rows are shared among the team.</summary>
internal static unsafe class MapOperations
{
    /// <summary>A copy with a border of zeros.</summary>
    public static FeatureMap Padded(FeatureMap x, (int Rows, int Columns) padding, WorkTeam team, BufferPool pool)
    {
        var y = pool.Rent(x.Batch, x.Height + (2 * padding.Rows), x.Width + (2 * padding.Columns), x.Channels);
        int side = padding.Columns * x.Channels, middle = x.Width * x.Channels;
        EachRow(y, team, (row, target) =>
        {
            int image = row / y.Height, from = (row % y.Height) - padding.Rows;
            var line = new Span<float>(target, y.Width * y.Channels);
            if (from < 0 || from >= x.Height)
            {
                line.Clear();
                return;
            }

            line[..side].Clear();
            new ReadOnlySpan<float>(x.Start + (((long)image * x.Height) + from) * middle, middle).CopyTo(line[side..]);
            line[(side + middle)..].Clear();
        });
        return y;
    }

    /// <summary>The largest of each window; windows are cut at the borders.</summary>
    public static void MaxPool(FeatureMap x, FeatureMap y, ConvolutionShape shape, WorkTeam team) => EachRow(y, team, (row, target) =>
    {
        float* image = x.Start + ((long)(row / y.Height) * x.Height * x.Width * x.Channels);
        float** window = stackalloc float*[shape.Kernel.Rows * shape.Kernel.Columns];
        int top = ((row % y.Height) * shape.Stride.Rows) - shape.Padding.Rows;
        for (int column = 0; column < y.Width; column++, target += y.Channels)
        {
            int left = (column * shape.Stride.Columns) - shape.Padding.Columns, count = 0;
            for (int i = 0; i < shape.Kernel.Rows; i++)
            {
                int r = top + (i * shape.Dilation.Rows);
                if (r < 0 || r >= x.Height) continue;
                for (int j = 0; j < shape.Kernel.Columns; j++)
                {
                    int c = left + (j * shape.Dilation.Columns);
                    if (c >= 0 && c < x.Width) window[count++] = image + (((long)r * x.Width) + c) * x.Channels;
                }
            }

            Largest(target, window, count, y.Channels);
        }
    });

    /// <summary>The average over all pixels of each image.</summary>
    public static void GlobalAverage(FeatureMap x, FeatureMap y, WorkTeam team) => EachRow(y, team, (image, target) =>
    {
        new Span<float>(target, y.Channels).Clear();
        int pixels = x.Height * x.Width;
        float* source = x.Start + ((long)image * pixels * x.Channels);
        for (int i = 0; i < pixels; i++, source += x.Channels) Sum(target, target, source, y.Channels, float.NegativeInfinity);
        for (int i = 0; i < y.Channels; i++) target[i] /= pixels;
    });

    /// <summary>y = max(a + b, floor), element by element.</summary>
    public static void Add(FeatureMap a, FeatureMap b, FeatureMap y, float floor, WorkTeam team) => EachRow(y, team, (row, target) =>
    {
        long offset = target - y.Start;
        Sum(target, a.Start + offset, b.Start + offset, y.Width * y.Channels, floor);
    });

    /// <summary>y = max(x, 0).</summary>
    public static void Rectify(FeatureMap x, FeatureMap y, WorkTeam team) => EachRow(y, team, (row, target) =>
    {
        new Span<float>(target, y.Width * y.Channels).Clear();
        Largest(target, x.Start + (target - y.Start), y.Width * y.Channels);
    });

    /// <summary>Copies x into channels <paramref name="first"/> and following of y.</summary>
    public static void Place(FeatureMap x, FeatureMap y, int first, WorkTeam team) => EachRow(y, team, (row, target) =>
    {
        float* source = x.Start + ((long)row * x.Width * x.Channels);
        for (int column = 0; column < y.Width; column++)
        {
            new ReadOnlySpan<float>(source + (column * x.Channels), x.Channels)
                .CopyTo(new Span<float>(target + (column * y.Channels) + first, x.Channels));
        }
    });

    /// <summary>A map of a contiguous tensor [N, C, H, W].</summary>
    public static FeatureMap FromTensor(Tensor x, WorkTeam team, BufferPool pool)
    {
        int[] shape = [.. x.shape.Select(size => (int)size)];
        var y = pool.Rent(shape[0], shape[2], shape[3], shape[1]);
        fixed (byte* memory = x.bytes)
        {
            float* source = (float*)memory;
            long plane = (long)y.Height * y.Width;
            EachRow(y, team, (row, target) =>
            {
                float* line = source + ((row / y.Height) * plane * y.Channels) + ((long)(row % y.Height) * y.Width);
                for (int channel = 0; channel < y.Channels; channel++) Spread(target + channel, y.Channels, line + (channel * plane), y.Width);
            });
        }

        return y;
    }

    /// <summary>A tensor [N, C, H, W] of a map; the caller owns it.</summary>
    public static Tensor ToTensor(FeatureMap x, WorkTeam team)
    {
        var y = empty(x.Batch, x.Channels, x.Height, x.Width);
        fixed (byte* memory = y.bytes)
        {
            float* target = (float*)memory;
            long plane = (long)x.Height * x.Width;
            EachRow(x, team, (row, source) =>
            {
                float* line = target + ((row / x.Height) * plane * x.Channels) + ((long)(row % x.Height) * x.Width);
                for (int channel = 0; channel < x.Channels; channel++)
                {
                    for (int column = 0; column < x.Width; column++) line[(channel * plane) + column] = source[(column * x.Channels) + channel];
                }
            });
        }

        return y;
    }

    private delegate void RowWork(int row, float* start);

    private static void EachRow(FeatureMap map, WorkTeam team, RowWork work)
    {
        const int least = 16 << 10; // elements: some microseconds
        int rows = map.Batch * map.Height, length = map.Width * map.Channels;
        int together = Math.Clamp(least / Math.Max(1, length), 1, Math.Max(1, rows));
        team.Run((rows + together - 1) / together, piece =>
        {
            for (int row = piece * together; row < Math.Min(rows, (piece + 1) * together); row++) work(row, map.Start + ((long)row * length));
        });
    }

    // target[i · pitch] = source[i].
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Spread(float* target, nint pitch, float* source, int count)
    {
        for (nint i = 0; i < count; i++, target += pitch) *target = source[i];
    }

    // best[c] = max over the window's pixels.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Largest(float* best, float** window, int pixels, int channels)
    {
        int i = 0;
        for (; i <= channels - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var most = Vector512.Create(float.NegativeInfinity);
            for (int pixel = 0; pixel < pixels; pixel++) most = Vector512.Max(most, Vector512.Load(window[pixel] + i));
            most.Store(best + i);
        }

        for (; i < channels; i++)
        {
            best[i] = float.NegativeInfinity;
            for (int pixel = 0; pixel < pixels; pixel++) best[i] = MathF.Max(best[i], window[pixel][i]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Largest(float* best, float* other, int count)
    {
        int i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count) Vector.Max(Vector.Load(best + i), Vector.Load(other + i)).Store(best + i);
        for (; i < count; i++) best[i] = MathF.Max(best[i], other[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(float* y, float* a, float* b, int count, float floor)
    {
        int i = 0;
        var low = new Vector<float>(floor);
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count) Vector.Max(Vector.Load(a + i) + Vector.Load(b + i), low).Store(y + i);
        for (; i < count; i++) y[i] = MathF.Max(a[i] + b[i], floor);
    }
}

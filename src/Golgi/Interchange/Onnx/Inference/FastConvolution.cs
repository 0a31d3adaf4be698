using System.Runtime.CompilerServices;
using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>A convolution with what follows it: batch normalization in its weights, rectification on its way to memory.</summary>
/// <param name="sources">The current weight, bias if <paramref name="hasBias"/>, then the four vectors of a batch normalization, if any.</param>
internal sealed unsafe class FastConvolution(ConvolutionShape shape, IReadOnlyList<Func<Tensor>> sources, bool hasBias, double epsilon, bool rectified)
{
    // Bytes of input that one piece of work goes over with every block of weights: half of a small second-level cache.
    private const int PieceBytes = 128 << 10;

    private PackedWeights? packed;

    /// <summary>The number of output channels, once <see cref="Refresh"/> said yes.</summary>
    public int Outputs => packed!.Outputs;

    /// <summary>Packs the weights again if they changed.</summary>
    /// <returns>False where they cannot be packed.</returns>
    public bool Refresh()
    {
        Tensor[] now = [.. sources.Select(source => source())];
        if (packed is { } known && now.All(PackedWeights.Fits) && known.IsOf(now)) return true;
        if (!now.All(PackedWeights.Fits) || now[0].shape[1..].Aggregate(1L, (a, b) => a * b) * (now[0].shape[0] + ConvolutionKernel.Channels) > 1 << 28) return false;
        packed = PackedWeights.Of(now, hasBias, epsilon);
        return true;
    }

    /// <summary>Rows and columns of the output, or null where the input does not fit.</summary>
    public (int Rows, int Columns)? OutputOf(FeatureMap x)
    {
        var (rows, columns) = shape.Output(x.Height, x.Width);
        return x.Channels == packed!.Inputs && rows > 0 && columns > 0 ? (rows, columns) : null;
    }

    /// <summary>Writes the output into channels <paramref name="first"/> and following of <paramref name="y"/>.</summary>
    public void Run(FeatureMap x, FeatureMap y, int first, WorkTeam team, int threads, BufferPool pool)
    {
        var weights = packed!;
        bool pads = shape.Padding != (0, 0);
        var input = pads ? MapOperations.Padded(x, shape.Padding, team, pool) : x;
        nint[] segments = Segments(input);
        int run = shape.Dilation.Columns == 1 ? shape.Kernel.Columns * input.Channels : input.Channels;
        int blocks = weights.Bias.Length / ConvolutionKernel.Channels;

        // Pieces of pixels; where these are too few to share, also groups of output channels.
        int tile = ConvolutionKernel.Pixels, bytes = input.Channels * shape.Stride.Rows * shape.Stride.Columns * sizeof(float);
        int pixels = Math.Max(1, PieceBytes / bytes / tile) * tile;
        int pieces = (y.Pixels + pixels - 1) / pixels, wanted = threads == 1 ? 1 : 6 * threads;
        int groups = pieces >= wanted ? 1 : Math.Min(blocks, (wanted + pieces - 1) / pieces);
        team.Run(pieces * groups, piece =>
        {
            int from = piece / groups * pixels, group = piece % groups;
            var range = new PixelRange(from, Math.Min(y.Pixels, from + pixels));
            for (int block = group * blocks / groups; block < (group + 1) * blocks / groups; block++) Block(input, y, first, weights, block, range, segments, run);
        });
        if (pads) pool.Return(input);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Block(FeatureMap x, FeatureMap y, int first, PackedWeights weights, int block, PixelRange range, nint[] segments, int run)
    {
        int tile = ConvolutionKernel.Pixels, width = ConvolutionKernel.Channels, kept = Math.Min(width, weights.Outputs - (block * width));
        float* result = stackalloc float[tile * width];
        float** windows = stackalloc float*[tile];
        fixed (float* all = weights.Weights, bias = weights.Bias)
        {
            float* own = all + ((long)block * segments.Length * run * width);
            for (int pixel = range.From; pixel < range.To; pixel += tile)
            {
                int count = Math.Min(tile, range.To - pixel);
                for (int i = 0; i < tile; i++) windows[i] = Window(x, y, pixel + Math.Min(i, count - 1));
                ConvolutionKernel.Tile(windows, segments, run, own, bias + (block * width), rectified ? 0 : float.NegativeInfinity, result);
                for (int i = 0; i < count; i++)
                {
                    float* target = y.Start + ((long)(pixel + i) * y.Channels) + first + (block * width);
                    new ReadOnlySpan<float>(result + (i * width), kept).CopyTo(new Span<float>(target, kept));
                }
            }
        }
    }

    private float* Window(FeatureMap x, FeatureMap y, int pixel)
    {
        int plane = y.Height * y.Width, image = pixel / plane, inside = pixel - (image * plane), row = inside / y.Width, column = inside - (row * y.Width);
        return x.Start + (((((long)image * x.Height) + (row * shape.Stride.Rows)) * x.Width) + (column * shape.Stride.Columns)) * x.Channels;
    }

    // The window's contiguous pieces: whole rows of it where columns are not spread.
    private nint[] Segments(FeatureMap x)
    {
        int columns = shape.Dilation.Columns == 1 ? 1 : shape.Kernel.Columns;
        nint[] segments = new nint[shape.Kernel.Rows * columns];
        for (int i = 0; i < segments.Length; i++)
        {
            segments[i] = (((nint)(i / columns) * shape.Dilation.Rows * x.Width) + (i % columns * shape.Dilation.Columns)) * x.Channels;
        }

        return segments;
    }

    private readonly record struct PixelRange(int From, int To);
}

using System.Runtime.CompilerServices;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>One convolution of one input, in pieces that threads share.</summary>
/// <param name="x">The input, padded.</param>
/// <param name="y">Where the output goes.</param>
/// <param name="first">The output's first channel there.</param>
/// <param name="floor">0 for a rectified output, −∞ for a plain one.</param>
internal sealed unsafe class ConvolutionPass(FeatureMap x, FeatureMap y, int first, PackedWeights weights, ConvolutionShape shape, float floor)
{
    /// <summary>The most pixels in a piece.</summary>
    public const int MostPixels = 1024;

    // The window's contiguous pieces: whole rows of it where columns are not spread.
    private readonly nint[] segments = [.. Segments(x, shape)];
    private readonly nint run = shape.Dilation.Columns == 1 ? shape.Kernel.Columns * x.Channels : x.Channels;

    /// <summary>Blocks of output channels.</summary>
    public int Blocks => weights.Bias.Length / ConvolutionKernel.Channels;

    /// <summary>Computes output pixels <paramref name="from"/> to <paramref name="to"/> − 1 in a range of blocks of channels.</summary>
    public void Run(int from, int to, Range blocks)
    {
        nint* windows = stackalloc nint[MostPixels];
        Windows(from, to, windows);
        for (int block = blocks.Start.Value; block < blocks.End.Value; block++) Run(from, to, block, windows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(int from, int to, int block, nint* windows)
    {
        int tile = ConvolutionKernel.Pixels, width = ConvolutionKernel.Channels, kept = Math.Min(width, weights.Outputs - (block * width));
        float* scratch = stackalloc float[tile * width];
        float** pixels = stackalloc float*[tile];
        fixed (float* all = weights.Weights, biases = weights.Bias)
        {
            var own = new KernelWeights(all + (block * segments.Length * run * width), biases + (block * width), floor);
            for (int pixel = from; pixel < to; pixel += tile)
            {
                int count = Math.Min(tile, to - pixel);
                for (int i = 0; i < tile; i++) pixels[i] = x.Start + windows[pixel - from + Math.Min(i, count - 1)];
                float* target = y.Start + ((nint)pixel * y.Channels) + first + (block * width);
                bool whole = count == tile && (kept == width || kept == width / 2);

                // A tile that is not whole must not write beyond its pixels and channels.
                float* result = whole ? target : scratch;
                int pitch = whole ? y.Channels : width;
                if (kept <= width / 2) ConvolutionKernel.HalfTile(pixels, segments, run, own, result, pitch);
                else ConvolutionKernel.Tile(pixels, segments, run, own, result, pitch);
                for (int i = 0; i < count && !whole; i++)
                {
                    new ReadOnlySpan<float>(scratch + (i * width), kept).CopyTo(new Span<float>(target + ((nint)i * y.Channels), kept));
                }
            }
        }
    }

    // Where the windows of a range of output pixels begin in the input.
    private void Windows(int from, int to, nint* windows)
    {
        int plane = y.Height * y.Width, image = from / plane, row = from % plane / y.Width, column = from % y.Width;
        for (int pixel = from; pixel < to; pixel++)
        {
            *windows++ = ((((nint)image * x.Height) + (row * shape.Stride.Rows)) * x.Width + (column * shape.Stride.Columns)) * x.Channels;
            if (++column < y.Width) continue;
            column = 0;
            if (++row < y.Height) continue;
            row = 0;
            image++;
        }
    }

    private static IEnumerable<nint> Segments(FeatureMap x, ConvolutionShape shape)
    {
        int columns = shape.Dilation.Columns == 1 ? 1 : shape.Kernel.Columns;
        for (int i = 0; i < shape.Kernel.Rows * columns; i++)
        {
            yield return (((nint)(i / columns) * shape.Dilation.Rows * x.Width) + (i % columns * shape.Dilation.Columns)) * x.Channels;
        }
    }
}

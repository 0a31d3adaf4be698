using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>A convolution with what follows it: batch normalization in its weights, rectification on its way to memory.</summary>
/// <param name="sources">The current weight, bias if <paramref name="hasBias"/>, then the four vectors of a batch normalization, if any.</param>
internal sealed class FastConvolution(ConvolutionShape shape, IReadOnlyList<Func<Tensor>> sources, bool hasBias, double epsilon, bool rectified)
{
    // Bytes of input that one piece of work goes over with every block of weights: half of a small second-level cache.
    private const int PieceBytes = 128 << 10;

    // Larger maps are left to torch, which says what is wrong where a damaged file asks for them.
    private const long MostElements = 1L << 29;

    private PackedWeights? packed;

    /// <summary>Numbers in the kernel.</summary>
    public long Size => sources[0]().numel();

    /// <summary>The number of output channels, once <see cref="Refresh"/> said yes.</summary>
    public int Outputs => packed!.Outputs;

    /// <summary>Packs the weights again if they changed.</summary>
    /// <returns>False where they cannot be packed.</returns>
    public bool Refresh()
    {
        Tensor[] now = [.. sources.Select(source => source())];
        if (packed is { } known && now.All(PackedWeights.Fits) && known.IsOf(now)) return true;
        if (!now.All(PackedWeights.Fits)) return false;
        long each = now[0].shape[1..].Aggregate(1L, (a, b) => a * b);
        if (each * (now[0].shape[0] + ConvolutionKernel.Channels) > 1 << 28) return false;
        packed = PackedWeights.Of(now, hasBias, epsilon);
        return true;
    }

    /// <summary>Rows and columns of the output, or null where the input does not fit or the output would be absurdly large.</summary>
    public (int Rows, int Columns)? OutputOf(FeatureMap x)
    {
        var (rows, columns) = shape.Output(x.Height, x.Width);
        if (x.Channels != packed!.Inputs || rows < 1 || columns < 1) return null;
        long padded = (long)(x.Height + (2 * shape.Padding.Rows)) * (x.Width + (2 * shape.Padding.Columns)) * x.Channels;
        return Math.Max(padded, (long)rows * columns * Outputs) <= MostElements / x.Batch ? (rows, columns) : null;
    }

    /// <summary>Writes the output into channels <paramref name="first"/> and following of <paramref name="y"/>.</summary>
    public void Run(FeatureMap x, FeatureMap y, int first, InferenceRun run)
    {
        bool pads = shape.Padding != (0, 0);
        var input = pads ? MapOperations.Padded(x, shape.Padding, run.Team, run.Pool) : x;
        var pass = new ConvolutionPass(input, y, first, packed!, shape, rectified ? 0 : float.NegativeInfinity);

        // Pieces of pixels; where these are too few to share, also groups of blocks of output channels.
        int tile = ConvolutionKernel.Pixels;
        double bytes = (double)shape.Stride.Rows * shape.Stride.Columns * input.Channels * sizeof(float);
        int pixels = (int)Math.Clamp(PieceBytes / bytes / tile, 1, ConvolutionPass.MostPixels / tile) * tile;
        int pieces = (y.Pixels + pixels - 1) / pixels, wanted = run.Threads == 1 ? 1 : 6 * run.Threads;
        int groups = pieces >= wanted ? 1 : Math.Min(pass.Blocks, (wanted + pieces - 1) / pieces);
        run.Team.Run(pieces * groups, piece =>
        {
            int from = piece / groups * pixels, group = piece % groups;
            pass.Run(from, Math.Min(y.Pixels, from + pixels), (group * pass.Blocks / groups)..((group + 1) * pass.Blocks / groups));
        });
        if (pads) run.Pool.Return(input);
    }
}

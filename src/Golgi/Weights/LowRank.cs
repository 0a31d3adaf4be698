using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>
/// Low-rank adapters: every kernel W [m, n] becomes W₀ + B A with A [r, n] and B [m, r]; biases and other vectors stay as they
/// are. B starts at 0, so that the network is at first what it was, bit for bit.
/// </summary>
/// <remarks>Hu et al. 2021, arXiv 2106.09685. Kernels of more dimensions count as [out, in · ...]; r is cut at min(m, n).
/// The gradients are ∂L/∂B = G Aᵀ and ∂L/∂A = Bᵀ G with G = ∂L/∂W.</remarks>
public sealed class LowRank : Reparameterization
{
    private readonly (Segment Segment, Tensor A, Tensor B, Tensor GradientA, Tensor GradientB)[] adapters;

    /// <summary>Puts an adapter on every kernel.</summary>
    /// <param name="weights">The weights; their values are W₀. Borrowed.</param>
    /// <param name="rank">r, 1 or more.</param>
    /// <param name="seed">Of A, whose entries are N(0, 1/n).</param>
    /// <exception cref="ArgumentException">There is no kernel.</exception>
    public LowRank(WeightVector weights, int rank, ulong seed)
        : base(weights)
    {
        long count = CoordinateCount(weights.Segments, rank);
        if (count == 0)
        {
            throw new ArgumentException("There is no kernel to adapt; at least one parameter must have two dimensions or more.", nameof(weights));
        }
        Coordinates = zeros(count, weights.Values.dtype, weights.Values.device).DetachFromDisposeScope();
        Gradient = zeros_like(Coordinates).DetachFromDisposeScope();
        adapters = [.. LayOut(weights.Segments, rank)];
        DrawFactors(seed);
    }

    /// <inheritdoc/>
    public override Tensor Coordinates { get; }

    /// <inheritdoc/>
    public override Tensor Gradient { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", Coordinates)];

    /// <summary>Σ r (m + n) over the kernels: how many numbers adapters of a rank have.</summary>
    /// <param name="segments">A network's parameters.</param>
    /// <param name="rank">r, 1 or more.</param>
    public static long CoordinateCount(IEnumerable<Segment> segments, int rank)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Check.Positive(rank);
        return segments.Where(segment => segment.IsKernel).Sum(segment => RankOf(segment, rank) * (segment.Shape[0] + segment.FanIn));
    }

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights)
    {
        weights.copy_(Original);
        foreach (var (segment, a, b, _, _) in adapters)
        {
            // x + 0 is not x where x is −0.
            if (b.count_nonzero().item<long>() > 0) Matrix(weights, segment).addmm_(b, a);
        }
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient)
    {
        foreach (var (segment, a, b, gradientA, gradientB) in adapters)
        {
            var g = Matrix(gradient, segment);
            gradientA.copy_(b.t().mm(g));
            gradientB.copy_(g.mm(a.t()));
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (var (_, a, b, gradientA, gradientB) in adapters)
        {
            foreach (var view in new[] { a, b, gradientA, gradientB }) view.Dispose();
        }

        Coordinates.Dispose();
        Gradient.Dispose();
    }

    private static long RankOf(Segment segment, int rank) => Math.Min(rank, Math.Min(segment.Shape[0], segment.FanIn));

    private static Tensor Matrix(Tensor vector, Segment segment) =>
        WeightVector.Window(vector, segment).view(segment.Shape[0], segment.FanIn); // [m, n]

    private IEnumerable<(Segment Segment, Tensor A, Tensor B, Tensor GradientA, Tensor GradientB)> LayOut(
        IReadOnlyList<Segment> segments, int rank)
    {
        long offset = 0;
        foreach (var segment in segments.Where(segment => segment.IsKernel))
        {
            long m = segment.Shape[0], n = segment.FanIn, r = RankOf(segment, rank);
            long b = offset + (r * n);
            yield return (
                segment,
                Part(Coordinates, offset, r, n), Part(Coordinates, b, m, r), Part(Gradient, offset, r, n), Part(Gradient, b, m, r));
            offset = b + (m * r);
        }
    }

    private static Tensor Part(Tensor vector, long offset, long rows, long columns)
    {
        using var part = vector.narrow(0, offset, rows * columns);
        return part.view(rows, columns).DetachFromDisposeScope();
    }

    private void DrawFactors(ulong seed)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        for (int k = 0; k < adapters.Length; k++)
        {
            var a = adapters[k].A;
            float[] numbers = new float[a.numel()];
            new Philox(seed, (ulong)k).FillNormal(numbers);
            a.copy_(tensor(numbers, a.shape)).div_(Math.Sqrt(a.shape[1]));
        }
    }
}

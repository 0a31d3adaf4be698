using System.Runtime.InteropServices;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>
/// A mask of exact size that is learned over weights that are not: each layer keeps the k weights with the largest |score|, and the
/// gradient passes straight through the choice to all scores (edge-popup).
/// </summary>
/// <remarks>θ = θ₀ ⊙ 1[|s| among the k largest] / √(k/n), Ramanujan et al. 2020 (arXiv 1911.13299); scores begin uniform within
/// ±1/√(fan in), as there. Signed, θ = θ₀ ⊙ sign(s) ⊙ 1[...]: keep, hide or invert, after Koster et al. 2022 (arXiv 2201.13361),
/// who choose by a threshold and not by number.</remarks>
public sealed class TopK : Reparameterization
{
    private readonly TopKOptions options;
    private readonly ScoreWindow[] windows;
    private readonly Tensor scores;
    private readonly Tensor slopes;
    private readonly Tensor gates;
    private readonly bool fused;

    /// <summary>Puts a mask over a network's weights as they are now.</summary>
    /// <param name="weights">θ₀; borrowed.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">No parameter takes part.</exception>
    public TopK(WeightVector weights, TopKOptions? options = null)
        : base(weights)
    {
        this.options = options ?? new TopKOptions();
        Layers = this.options.Scope.Of(weights.Segments);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        scores = FirstScores(weights).DetachFromDisposeScope();
        slopes = zeros_like(scores).DetachFromDisposeScope();
        gates = ones_like(scores).DetachFromDisposeScope();
        windows = ScoreWindow.Over(weights, Original, Layers, scores, slopes, gates);
        fused = TopKKernel.Fits(scores);
    }

    /// <summary>The masked parameters, in the vector's order.</summary>
    public IReadOnlyList<Segment> Layers { get; }

    /// <inheritdoc/>
    public override Tensor Coordinates => scores;

    /// <inheritdoc/>
    public override Tensor Gradient => slopes;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", scores)];

    /// <summary>The present mask, without signs.</summary>
    /// <returns>The caller owns it.</returns>
    public Mask Current()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bits = ones(WeightVector.Count, ScalarType.Bool, scores.device);
        foreach (var window in windows)
        {
            Choose(window);
            WeightVector.Window(bits, window.Segment).copy_(window.Gate.ne(0));
        }

        return new Mask(Layers, bits);
    }

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights)
    {
        foreach (var window in windows)
        {
            Choose(window);
            if (fused) TopKKernel.Gate(window, (float)Factor);
            else window.Weights.copy_(window.Origin).mul_(window.Gate).mul_(Factor);
        }
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient)
    {
        foreach (var window in windows)
        {
            if (fused)
            {
                TopKKernel.PullBack(window, (float)Factor, options.Signed);
                continue;
            }

            window.Slope.copy_(window.Gradient).mul_(window.Origin).mul_(Factor);
            if (!options.Signed) window.Slope.mul_(SignsOf(window.Score));    // through |s|
        }
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (var window in windows) window.Dispose();
        foreach (var tensor in new[] { scores, slopes, gates }) tensor.Dispose();
    }

    private double Factor => options.Rescale ? 1 / Math.Sqrt(options.Keep) : 1;

    /// <summary>Writes a layer's gates: 0, or 1, or under signed masks the score's sign.</summary>
    private void Choose(ScoreWindow window)
    {
        int k = (int)Math.Max(1, Math.Round(options.Keep * window.Segment.Length));
        if (fused)
        {
            TopKKernel.Choose(window.Score, window.Gate, k, options.Signed);
            return;
        }

        var chosen = window.Score.abs().topk(k, 0, largest: true, sorted: false).indexes;
        window.Gate.zero_().index_fill_(0, chosen, 1);
        if (options.Signed) window.Gate.mul_(SignsOf(window.Score));
    }

    private static Tensor SignsOf(Tensor scores) => scores.ge(0).to(scores.dtype).mul_(2).sub_(1);

    private Tensor FirstScores(WeightVector weights)
    {
        var parts = new List<Tensor>();
        ulong stream = 0;
        foreach (var layer in Layers)
        {
            var part = empty(layer.Length, ScalarType.Float32);
            new Philox((ulong)options.Seed, stream++).FillUniform(MemoryMarshal.Cast<byte, float>(part.bytes));
            parts.Add(part.mul_(2).sub_(1).mul_(1 / Math.Sqrt(layer.FanIn)));
        }

        return cat([.. parts]).to(weights.Values.dtype).to(weights.Values.device);
    }
}

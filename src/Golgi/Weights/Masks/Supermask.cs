using System.Runtime.InteropServices;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>
/// A mask that is learned over weights that are not, θ = θ₀ ⊙ b [· n / Σb]: b is drawn with probability σ(score), and the
/// gradient passes straight through the draw to σ(score).
/// </summary>
/// <remarks>
/// Zhou et al. 2019 (arXiv 1905.01067), section 5. What lies outside the scope stays as it is. The gradient of the
/// rescaling n / Σb, per layer, flows through Σb as in the paper's code; a layer whose draw is empty divides by 1 instead of 0.
/// The draw of a step is a function of (seed, steps pulled back), so that materializing twice draws once and a resumed run
/// continues exactly.
/// </remarks>
public sealed class Supermask : Reparameterization
{
    private const ulong TrainingStream = 0, HalfStream = 1UL << 62, EvaluationStream = 1UL << 63;
    private readonly SupermaskOptions options;
    private readonly ScoreWindow[] windows;
    private readonly Tensor scores;
    private readonly Tensor slopes;
    private readonly Tensor gates;
    private readonly Tensor kept;   // Σb of each layer, at least 1
    private readonly Tensor probabilities; // σ(score) as of the last draw, where the kernel draws
    private readonly Tensor[] layerProbabilities;
    private readonly int[] layerKept;
    private readonly bool fused;
    private readonly Tensor clock = zeros(1, ScalarType.Int64).DetachFromDisposeScope();

    /// <summary>Puts a mask over a network's weights as they are now.</summary>
    /// <param name="weights">θ₀; borrowed.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">No parameter takes part.</exception>
    public Supermask(WeightVector weights, SupermaskOptions? options = null)
        : base(weights)
    {
        this.options = options ?? new SupermaskOptions();
        Layers = this.options.Scope.Of(weights.Segments);
        long count = Layers.Sum(layer => layer.Length);
        scores = full(count, this.options.InitialScore, weights.Values.dtype, weights.Values.device).DetachFromDisposeScope();
        slopes = zeros_like(scores).DetachFromDisposeScope();
        gates = ones_like(scores).DetachFromDisposeScope();
        kept = ones(Layers.Count, scores.dtype, scores.device).DetachFromDisposeScope();
        using var scope = NewDisposeScope();
        windows = ScoreWindow.Over(weights, Original, Layers, scores, slopes, gates);
        fused = this.options.Gate == SupermaskGate.Bernoulli && SupermaskKernel.Fits(scores);
        probabilities = zeros_like(scores).DetachFromDisposeScope();
        layerProbabilities = [.. Offsets().Zip(Layers, (offset, layer) => probabilities.narrow(0, offset, layer.Length).DetachFromDisposeScope())];
        layerKept = new int[Layers.Count];
    }

    /// <summary>The masked parameters, in the vector's order.</summary>
    public IReadOnlyList<Segment> Layers { get; }

    /// <inheritdoc/>
    public override Tensor Coordinates => scores;

    /// <inheritdoc/>
    public override Tensor Gradient => slopes;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", scores), ("draws", clock)];

    /// <summary>Writes the network under a mask drawn for evaluation; the same number gives the same mask.</summary>
    public void MaterializeSample(int number) => Show(probability => Draw(probability, EvaluationStream + (ulong)number));

    /// <summary>Writes the network under the mask that keeps what is kept with probability ½ or more.</summary>
    public void MaterializeRounded() => Show(probability => probability.ge(0.5));

    /// <summary>Writes the network with each weight multiplied by its probability.</summary>
    public void MaterializeExpected() => Show(probability => probability);

    /// <summary>The mask that keeps what is kept with probability ½ or more.</summary>
    /// <returns>The caller owns it.</returns>
    public Mask Round()
    {
        using var scope = NewDisposeScope();
        var bits = ones(WeightVector.Count, ScalarType.Bool, scores.device);
        foreach (var window in windows) WeightVector.Window(bits, window.Segment).copy_(window.Score.ge(0));
        return new Mask(Layers, bits);
    }

    /// <summary>Mean probability over all masked weights, in [0, 1]: the fraction that is kept.</summary>
    public double MeanProbability()
    {
        using var scope = NewDisposeScope();
        return sigmoid(scores).to(ScalarType.Float64).mean().item<double>();
    }

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights)
    {
        ulong draw = (ulong)clock.item<long>();
        if (fused)
        {
            var stream = new Philox((ulong)options.Seed, TrainingStream + draw);
            foreach (var (i, offset) in Offsets().Index())
            {
                layerKept[i] = SupermaskKernel.Gate(windows[i], layerProbabilities[i], stream, offset, Rescaling);
            }

            return;
        }

        var probability = sigmoid(scores);
        gates.copy_(options.Gate == SupermaskGate.Bernoulli ? Draw(probability, TrainingStream + draw) : RoundHalf(probability, draw));
        WriteGated();
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient)
    {
        clock.add_(1);
        if (fused)
        {
            for (int i = 0; i < windows.Length; i++) SupermaskKernel.PullBack(windows[i], layerProbabilities[i], layerKept[i], Rescaling);
            return;
        }

        for (int i = 0; i < windows.Length; i++)
        {
            var window = windows[i];
            window.Slope.copy_(window.Gradient).mul_(window.Origin);       // c = ∂L/∂b without the rescaling
            if (!options.Rescale) continue;
            var inverse = kept[i].reciprocal();
            var mean = window.Slope.dot(window.Gate).mul_(inverse);        // Σ c b / Σ b
            window.Slope.sub_(mean).mul_(inverse.mul_(window.Segment.Length));
        }

        var probability = sigmoid(scores);
        slopes.mul_(probability).mul_(probability.neg().add_(1));
    }

    /// <inheritdoc/>
    protected override void Release()
    {
        foreach (var window in windows) window.Dispose();
        foreach (var tensor in layerProbabilities.Concat([scores, slopes, gates, kept, probabilities, clock])) tensor.Dispose();
    }

    private Rescaling Rescaling => options.Rescale ? Rescaling.Layer : Rescaling.None;

    /// <summary>Where each layer's scores begin.</summary>
    private IEnumerable<long> Offsets()
    {
        long offset = 0;
        foreach (var layer in Layers)
        {
            yield return offset;
            offset += layer.Length;
        }
    }

    private void Show(Func<Tensor, Tensor> gate)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        gates.copy_(gate(sigmoid(scores)));
        WriteGated();
    }

    private void WriteGated()
    {
        for (int i = 0; i < windows.Length; i++)
        {
            var window = windows[i];
            window.Weights.copy_(window.Origin).mul_(window.Gate);
            if (!options.Rescale) continue;
            var sum = kept[i].copy_(window.Gate.sum()).clamp_min_(1);
            window.Weights.mul_(sum.reciprocal().mul_(window.Segment.Length));
        }
    }

    /// <summary>True with each weight's probability, bool [scores].</summary>
    private Tensor Draw(Tensor probability, ulong stream) => Uniform(stream).lt(probability);

    private Tensor RoundHalf(Tensor probability, ulong draw) =>
        where(Uniform(HalfStream + draw).lt(0.5), probability.ge(0.5).to(probability.dtype), probability);

    private Tensor Uniform(ulong stream)
    {
        var numbers = empty(scores.numel(), ScalarType.Float32);
        new Philox((ulong)options.Seed, stream).FillUniform(MemoryMarshal.Cast<byte, float>(numbers.bytes));
        return numbers.to(scores.device);
    }
}

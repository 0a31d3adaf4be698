using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>
/// Adam: m ← β₁ m + (1−β₁) g; v ← β₂ v + (1−β₂) g²; φ ← φ − η m̂ / (√v̂ + ε), with m̂ = m/(1−β₁ᵗ) and v̂ = v/(1−β₂ᵗ).
/// Weight decay λ is added to the gradient (g ← g + λ φ), or decoupled (φ ← φ − η λ φ first): AdamW.
/// </summary>
/// <remarks>Kingma and Ba 2015 (arXiv 1412.6980); Loshchilov and Hutter 2019 (arXiv 1711.05101) for the decoupled form. On a
/// contiguous float32 vector in CPU memory the whole step is one pass over it (<see cref="AdamKernel"/>).</remarks>
public sealed class Adam : Optimizer
{
    private readonly AdamOptions options;
    private readonly Tensor mean;
    private readonly Tensor square;

    /// <inheritdoc cref="Optimizer(Tensor, Tensor, double)"/>
    public Adam(Tensor coordinates, Tensor gradient, AdamOptions? options = null)
        : base(coordinates, gradient, (options ??= new AdamOptions()).LearningRate)
    {
        this.options = options;
        mean = zeros_like(coordinates).DetachFromDisposeScope();
        square = zeros_like(coordinates).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, Tensor Value)> Moments => [("mean", mean), ("square", square)];

    /// <inheritdoc/>
    protected override void Update()
    {
        double meanCorrection = 1 - Math.Pow(options.Beta1, Steps);
        double squareCorrection = Math.Sqrt(1 - Math.Pow(options.Beta2, Steps));
        var kernel = new AdamKernel(
            Beta1: options.Beta1,
            Beta2: options.Beta2,
            StepSize: LearningRate / meanCorrection,
            RootCorrection: squareCorrection,
            Epsilon: options.Epsilon,
            Decay: options.Decoupled ? 0 : options.WeightDecay,
            Shrink: options.Decoupled ? 1 - (LearningRate * options.WeightDecay) : 1);
        kernel.Apply(Live(Coordinates), Live(Gradient), Live(mean), Live(square));
    }
}

using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>
/// Stochastic gradient descent: g ← ∂L/∂φ + λ φ; v ← μ v + g; φ ← φ − η (v, or g + μ v with Nesterov's look-ahead).
/// </summary>
/// <remarks>The first step sets v = g, as PyTorch does. Sutskever, Martens, Dahl and Hinton 2013 in PyTorch's formulation, where
/// η multiplies the whole velocity.</remarks>
public sealed class Sgd : Optimizer
{
    private readonly SgdOptions options;
    private readonly Tensor? velocity;

    /// <inheritdoc cref="Optimizer(Tensor, Tensor, double)"/>
    public Sgd(Tensor coordinates, Tensor gradient, SgdOptions? options = null)
        : base(coordinates, gradient, (options ??= new SgdOptions()).LearningRate)
    {
        this.options = options;
        if (options.Momentum > 0) velocity = zeros_like(coordinates).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<(string Name, Tensor Value)> Moments => velocity is null ? [] : [("velocity", velocity)];

    /// <inheritdoc/>
    protected override void Update()
    {
        var g = options.WeightDecay == 0 ? Live(Gradient) : Live(Gradient).add(Live(Coordinates), alpha: options.WeightDecay);
        if (velocity is not null)
        {
            var v = Live(velocity).mul_(Steps == 1 ? 0 : options.Momentum).add_(g);
            g = options.Nesterov ? g.add(v, alpha: options.Momentum) : v;
        }

        Live(Coordinates).add_(g, alpha: -LearningRate);
    }
}

using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary><see cref="Sgd"/> with momentum.</summary>
public sealed class SgdKind : OptimizerKind
{
    /// <inheritdoc/>
    public override string Name => "sgd";

    /// <inheritdoc/>
    public override Optimizer Create(Tensor coordinates, Tensor gradient, OptimizerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return new Sgd(coordinates, gradient, new SgdOptions
        {
            LearningRate = choice.LearningRate,
            Momentum = choice.Momentum,
            Nesterov = choice.Nesterov,
            WeightDecay = choice.WeightDecay,
        });
    }
}

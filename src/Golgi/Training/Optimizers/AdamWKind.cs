using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary><see cref="Adam"/> with weight decay applied to the weights.</summary>
public sealed class AdamWKind : OptimizerKind
{
    /// <inheritdoc/>
    public override string Name => "adamw";

    /// <inheritdoc/>
    public override Optimizer Create(Tensor coordinates, Tensor gradient, OptimizerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return new Adam(coordinates, gradient, new AdamOptions
        {
            LearningRate = choice.LearningRate,
            Beta2 = choice.Beta2,
            WeightDecay = choice.WeightDecay,
            Decoupled = true,
        });
    }
}

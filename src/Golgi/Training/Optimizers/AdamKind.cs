using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary><see cref="Adam"/>; weight decay is part of the gradient.</summary>
public sealed class AdamKind : OptimizerKind
{
    /// <inheritdoc/>
    public override string Name => "adam";

    /// <inheritdoc/>
    public override Optimizer Create(Tensor coordinates, Tensor gradient, OptimizerChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return new Adam(coordinates, gradient, new AdamOptions
        {
            LearningRate = choice.LearningRate,
            Beta2 = choice.Beta2,
            WeightDecay = choice.WeightDecay,
        });
    }
}

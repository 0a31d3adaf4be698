using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>The identity, θ = φ: ordinary training. The coordinates are the weight vector itself, so it costs nothing.</summary>
/// <param name="weights">The weights to train. Borrowed.</param>
public sealed class Direct(WeightVector weights) : Reparameterization(weights)
{
    /// <inheritdoc/>
    public override Tensor Coordinates => WeightVector.Values;

    /// <inheritdoc/>
    public override Tensor Gradient => WeightVector.Gradient;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State => [("coordinates", Coordinates)];

    /// <inheritdoc/>
    protected override void WriteWeights(Tensor weights)
    {
    }

    /// <inheritdoc/>
    protected override void WriteGradient(Tensor gradient)
    {
    }

    /// <inheritdoc/>
    protected override void Release()
    {
    }
}

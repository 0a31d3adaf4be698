using static TorchSharp.torch;

namespace Golgi.Weights.Masks;

/// <summary>One layer's place in the weights and in the scores of a mask that is learned.</summary>
/// <param name="Segment">The layer.</param>
/// <param name="Origin">Its fixed weights θ₀, flat; owned.</param>
/// <param name="Weights">Its window on θ; an owned handle.</param>
/// <param name="Gradient">Its window on ∂L/∂θ; an owned handle.</param>
/// <param name="Score">Its window on the scores; an owned handle.</param>
/// <param name="Slope">Its window on the scores' gradient; an owned handle.</param>
/// <param name="Gate">Its window on the present mask; an owned handle.</param>
internal sealed record ScoreWindow(
    Segment Segment, Tensor Origin, Tensor Weights, Tensor Gradient, Tensor Score, Tensor Slope, Tensor Gate) : IDisposable
{
    /// <summary>Lays windows over scores, their gradient and a mask, all [scores].</summary>
    public static ScoreWindow[] Over(
        WeightVector weights, Tensor origin, IReadOnlyList<Segment> layers, Tensor scores, Tensor slopes, Tensor gates)
    {
        var windows = new ScoreWindow[layers.Count];
        long offset = 0;
        for (int i = 0; i < windows.Length; i++)
        {
            var layer = layers[i];
            using var own = WeightVector.Window(origin, layer);
            windows[i] = new ScoreWindow(
                layer,
                own.clone().DetachFromDisposeScope(),
                WeightVector.Window(weights.Values, layer).DetachFromDisposeScope(),
                WeightVector.Window(weights.Gradient, layer).DetachFromDisposeScope(),
                scores.narrow(0, offset, layer.Length).DetachFromDisposeScope(),
                slopes.narrow(0, offset, layer.Length).DetachFromDisposeScope(),
                gates.narrow(0, offset, layer.Length).DetachFromDisposeScope());
            offset += layer.Length;
        }

        return windows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { Origin, Weights, Gradient, Score, Slope, Gate }) tensor.Dispose();
    }
}

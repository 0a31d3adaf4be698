using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>What one level trains. Owns its tensors.</summary>
/// <param name="Parent">The name of the run that the mask was cut from; null for the dense network.</param>
/// <param name="Start">What the kept weights begin with, [D].</param>
/// <param name="Pruned">Values of the pruned weights, [D].</param>
/// <param name="Mask">What is kept.</param>
internal sealed record LevelPlan(string? Parent, Tensor Start, Tensor Pruned, Mask Mask) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Start.Dispose();
        Pruned.Dispose();
        Mask.Dispose();
    }
}

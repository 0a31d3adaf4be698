using Golgi.Interchange.Onnx;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>A network without its dead units and channels.</summary>
/// <param name="Network">The smaller network. Owned by this object.</param>
/// <param name="Layers">What was removed.</param>
/// <param name="ParametersBefore">Weights and biases before, zeros included.</param>
/// <param name="ParametersAfter">And after.</param>
/// <param name="NonZeroBefore">Weights and biases that were not zero.</param>
public sealed record Shrunk(
    OnnxNetwork Network, IReadOnlyList<ShrunkLayer> Layers, long ParametersBefore, long ParametersAfter, long NonZeroBefore) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}

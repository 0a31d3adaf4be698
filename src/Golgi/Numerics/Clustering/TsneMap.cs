using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>A map that <see cref="Tsne"/> drew.</summary>
/// <param name="Positions">float64 [samples, 2]. Owned by this object.</param>
/// <param name="Divergence">KL(P ‖ Q) in nats, of the neighborhoods in the map from those in the data, with the last step's approximation.</param>
public sealed record TsneMap(Tensor Positions, double Divergence) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Positions.Dispose();
}

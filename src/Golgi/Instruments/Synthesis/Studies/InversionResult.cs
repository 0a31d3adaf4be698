using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="Inversion"/> found.</summary>
/// <param name="Pictures">[N, C, H, W] in [0, 1]. Owned by this object.</param>
/// <param name="StartErrors">|Φ(x) − Φ₀|² / |Φ₀|² of each start.</param>
/// <param name="Errors">The same of each finished picture.</param>
public sealed record InversionResult(
    Tensor Pictures, IReadOnlyList<double> StartErrors, IReadOnlyList<double> Errors) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Pictures.Dispose();
}

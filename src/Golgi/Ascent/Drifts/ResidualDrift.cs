using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>A denoiser's residual R(h) − h at the coordinates h, evaluated forward only.</summary>
/// <remarks>Alain and Bengio 2014: (R(h) − h) / σ² tends to ∂log p(h) for a denoiser trained on noise of standard deviation σ; the constant
/// goes into the weight. Nguyen et al. 2017 take the encoder of the generated picture for R: E(G(h)) − h.</remarks>
/// <param name="name">Under what name its size is logged.</param>
/// <param name="reconstruction">R(h), as the coordinates: of what a pass knows, such as another network's layer (see
/// <see cref="ForwardPass.Through"/>).</param>
public sealed class ResidualDrift(string name, Func<ForwardPass, Tensor> reconstruction) : Drift
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override Tensor At(DriftStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var coordinates = step.Pass.Coordinates.detach();
        var found = reconstruction(step.Pass).detach();
        Check.SameShape(coordinates, found);
        return found - coordinates;
    }
}

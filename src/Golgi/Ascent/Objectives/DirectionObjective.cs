using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>How far the activations point in a direction: (h · v) · max(0.1, cos(h, v))ᵖ, averaged over
/// positions.</summary>
/// <remarks>Olah et al. 2017; Carter et al. 2019. p = 0 is the plain product; p above 0 asks for the direction and
/// nothing beside it.
/// The floor keeps a gradient towards the direction where the activations point away from it.</remarks>
public sealed class DirectionObjective : Objective, IDisposable
{
    private const double LeastCosine = 0.1;
    private const double Tiny = 1e-12; // keeps the cosine of a zero vector defined
    private readonly string layer;
    private readonly Tensor directions;
    private readonly double power;

    /// <summary>States the direction.</summary>
    /// <param name="layer">A dotted name.</param>
    /// <param name="directions">[units] for all pictures, or [N, units], one for each; copied.</param>
    /// <param name="power">p, 0 or more. Default 0.</param>
    public DirectionObjective(string layer, Tensor directions, double power = 0)
    {
        this.layer = layer;
        this.power = Check.NotNegative(power);
        ArgumentNullException.ThrowIfNull(directions);
        this.directions =
            (directions.dim() == 1 ? directions.unsqueeze(0) : Check.Shape(directions, "[N, units]")).detach().clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [layer];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var h = pass[layer].flatten(1).view(pass.Output.shape[0], pass[layer].shape[1], -1);   // [views · N, units, positions]
        var v = directions.to(h.dtype).repeat(directions.shape[0] == 1 ? 1 : pass.Views, 1).unsqueeze(2);
        var dot = (h * v).sum(1);                                                     // [views · N, positions]
        if (power == 0) return pass.OverViews(dot.mean([1]));
        var cosine = dot / ((h.square().sum(1) + Tiny).sqrt() * v.square().sum(1).sqrt());
        return pass.OverViews((dot * cosine.clamp_min(LeastCosine).pow(power)).mean([1]));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{layer}:direction^{power}";

    /// <inheritdoc/>
    public void Dispose() => directions.Dispose();
}

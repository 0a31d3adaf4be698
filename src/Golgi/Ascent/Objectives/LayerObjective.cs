using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>The mean square of everything that a layer gives: whatever it sees, more of it.</summary>
/// <remarks>Mordvintsev et al. 2015 ("Inceptionism"), with the factor ½ of its code left out.</remarks>
/// <param name="layer">A dotted name.</param>
public sealed class LayerObjective(string layer) : Objective
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [layer];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass) => pass.OverViews(pass[layer].flatten(1).square().mean([1]));

    /// <inheritdoc/>
    public override string ToString() => $"{layer}²";
}

using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>A hidden unit's share: the softmax over its layer's units, at the same place.</summary>
/// <remarks>The condition on hidden units of Nguyen et al. 2017, whose code takes the softmax across
/// channels.</remarks>
/// <param name="layer">A dotted name.</param>
/// <param name="units">Picture n is for unit n modulo their number.</param>
/// <param name="position">Where in a map.</param>
/// <param name="scale">Log probability or probability.</param>
internal sealed class ShareObjective(
    string layer, IReadOnlyList<long> units, UnitPosition position, ClassScale scale) : Objective
{
    public override IReadOnlyList<string> Layers => [layer];

    public override Tensor Score(ForwardPass pass)
    {
        var values = Values(pass[layer], position);                       // [views · N, units]
        values = scale == ClassScale.LogProbability ? values.log_softmax(1) : values.softmax(1);
        return pass.OverViews(values.gather(1, pass.UnitOfRow(units).unsqueeze(1)).squeeze(1));
    }

    public override string ToString() => $"share of {layer}:{units[0]}";

    /// <summary>One value per unit, [rows, units].</summary>
    internal static Tensor Values(Tensor activations, UnitPosition position)
    {
        if (activations.dim() == 2) return activations;
        var flat = activations.flatten(0, 1);                                // [rows · units, H, W]
        return UnitObjective.Place(flat, position).view(activations.shape[0], activations.shape[1]);
    }
}

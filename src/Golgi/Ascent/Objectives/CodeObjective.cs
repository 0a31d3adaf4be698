using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>How near the activations are to given ones: −|Φ(x) − Φ₀|² / |Φ₀|². Inversion and code matching.</summary>
/// <remarks>Mahendran and Vedaldi 2015. 0 is a perfect match; −1 is as far as no activation at all.</remarks>
public sealed class CodeObjective : Objective, IDisposable
{
    private readonly string layer;
    private readonly Tensor code;

    /// <summary>States what is to be matched.</summary>
    /// <param name="layer">A dotted name.</param>
    /// <param name="code">Φ₀, [1, units, ...] for all pictures or [N, units, ...]; copied.</param>
    public CodeObjective(string layer, Tensor code)
    {
        ArgumentNullException.ThrowIfNull(code);
        this.layer = layer;
        this.code = code.detach().clone().DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [layer];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var found = pass[layer];
        if (!found.shape.AsSpan(1).SequenceEqual(code.shape.AsSpan(1)))
        {
            throw new ArgumentException(
                $"The code has shape {Check.Describe(code.shape)} and layer '{layer}' gives {Check.Describe(found.shape)}; beyond the batch they "
                    + "must be the same.");
        }

        var wanted = code.to(found.dtype);
        if (wanted.shape[0] > 1) wanted = wanted.repeat([pass.Views, .. Enumerable.Repeat(1L, (int)wanted.dim() - 1)]);
        var size = wanted.square().flatten(1).sum(1).clamp_min(double.Epsilon);
        return pass.OverViews(-(found - wanted).square().flatten(1).sum(1) / size);
    }

    /// <inheritdoc/>
    public override string ToString() => $"match {layer}";

    /// <inheritdoc/>
    public void Dispose() => code.Dispose();
}

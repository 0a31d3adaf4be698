using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>What happens to the kept weights before they are trained again.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 3, and its code for the rescaled ones. "Same sign" gives each weight the sign that it
/// had at first; "rescaled" multiplies a layer's kept weights by its weights / its kept weights.</remarks>
public static class MaskOne
{
    private const string SameSign = "-same-sign", Rescaled = "-rescaled";
    private static readonly string[] Kinds = ["rewind", "keep", "reinit", "reshuffle", "constant"];

    /// <summary>All names. <c>rewind</c>: back to the first weights (or those of an early step); <c>keep</c>: as training left them, only
    /// the learning rate starts anew; <c>reinit</c>: drawn anew; <c>reshuffle</c>: the kept first weights of a layer change places;
    /// <c>constant</c>: plus or minus the layer's deviation, signs shuffled within the layer. Each with <c>-same-sign</c>, but rewind, which is its
    /// own; and each of these with <c>-rescaled</c> at the end.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Kinds, .. Kinds.Skip(1).Select(kind => kind + SameSign),
        .. Kinds.Select(kind => kind + Rescaled), .. Kinds.Skip(1).Select(kind => kind + SameSign + Rescaled),
    ];

    /// <summary>The weights that the next training begins with.</summary>
    /// <param name="action">One of <see cref="Names"/>.</param>
    /// <param name="mask">The new mask.</param>
    /// <param name="vectors">The weights that the action may use.</param>
    /// <param name="rng">For shuffles.</param>
    /// <returns>[D]: changed where the mask keeps; elsewhere, and outside the mask's scope, the weights rewound to (under <c>keep</c>
    /// the trained ones); the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such action.</exception>
    public static Tensor Start(string action, Mask mask, StartVectors vectors, Philox rng)
    {
        Check.Known(action, Names, "Mask-1 action");
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        bool signs = action.Contains(SameSign, StringComparison.Ordinal), rescaled = action.EndsWith(Rescaled, StringComparison.Ordinal);
        string kind = action.Split('-')[0];
        var start = (kind == "keep" ? vectors.Final : vectors.Rewind).clone();
        var reader = rng.Reader();
        foreach (var layer in mask.Layers)
        {
            var kept = WeightVector.Window(mask.Kept, layer);
            var first = WeightVector.Window(vectors.First, layer);
            var own = kind switch
            {
                "reinit" => WeightVector.Window(vectors.Fresh, layer).masked_select(kept),
                "reshuffle" => Shuffled(first.masked_select(kept), reader),
                "constant" => Shuffled(first.sign(), reader).masked_select(kept) * first.std(unbiased: false),
                _ => WeightVector.Window(start, layer).masked_select(kept),
            };
            if (signs) own = own.abs() * first.masked_select(kept).sign();
            if (rescaled) own = own * ((double)layer.Length / Math.Max(1, own.shape[0]));
            WeightVector.Window(start, layer).masked_scatter_(kept, own);
        }

        return start.MoveToOuterDisposeScope();
    }

    private static Tensor Shuffled(Tensor values, PhiloxReader reader) =>
        values.index_select(0, MaskSelection.Sample(arange(values.shape[0], device: values.device), values.shape[0], reader));
}

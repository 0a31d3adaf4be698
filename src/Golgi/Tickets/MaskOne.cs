using Golgi.Numerics;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Tickets;

/// <summary>What happens to the kept weights before they are trained again.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 3. "Same sign" gives each weight the sign that it had at first.</remarks>
public static class MaskOne
{
    private const string SameSign = "-same-sign";

    /// <summary>All names. <c>rewind</c>: back to the first weights (or those of an early step); <c>keep</c>: as training left them, only
    /// the learning rate starts anew; <c>reinit</c>: drawn anew; <c>reshuffle</c>: the kept first weights of a layer change places;
    /// <c>constant</c>: plus or minus the layer's deviation, signs shuffled within the layer. Each with <c>-same-sign</c>, but rewind, which is its own.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "rewind", "keep", "reinit", "reshuffle", "constant",
        "keep" + SameSign, "reinit" + SameSign, "reshuffle" + SameSign, "constant" + SameSign,
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
        bool signs = action.EndsWith(SameSign, StringComparison.Ordinal);
        string kind = signs ? action[..^SameSign.Length] : action;
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
            WeightVector.Window(start, layer).masked_scatter_(kept, own);
        }

        return start.MoveToOuterDisposeScope();
    }

    private static Tensor Shuffled(Tensor values, PhiloxReader reader) =>
        values.index_select(0, MaskSelection.Sample(arange(values.shape[0], device: values.device), values.shape[0], reader));
}

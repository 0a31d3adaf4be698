using System.Text.Json.Serialization;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>What happens to the kept weights before they are trained again. A new action is a class and a line in <see cref="All"/>.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 3, and its code for the rescaled ones.</remarks>
[JsonConverter(typeof(MaskOneConverter))]
public abstract class MaskOne
{
    private static readonly MaskOne[] Kinds = [new Rewound(), new Kept(), new DrawnAnew(), new Reshuffled(), new SignedConstant()];

    /// <summary>All actions. <c>rewind</c>: back to the first weights (or those of an early step); <c>keep</c>: as training left them, only
    /// the learning rate starts anew; <c>reinit</c>: drawn anew; <c>reshuffle</c>: the kept first weights of a layer change places;
    /// <c>constant</c>: plus or minus the layer's deviation, signs shuffled within the layer. Each with <c>-same-sign</c>, but rewind, which is its
    /// own; and each of these with <c>-rescaled</c> at the end.</summary>
    public static IReadOnlyList<MaskOne> All { get; } =
    [
        .. Kinds, .. Kinds.Skip(1).Select(kind => new SameSign(kind)),
        .. Kinds.Select(kind => new Rescaled(kind)), .. Kinds.Skip(1).Select(kind => new Rescaled(new SameSign(kind))),
    ];

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(one => one.Name)];

    /// <summary>As users write it.</summary>
    public abstract string Name { get; }

    /// <summary>An action by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static MaskOne Find(string name) => All.First(one => one.Name == Check.Known(name, Names, "Mask-1 action"));

    /// <summary>The weights that the next training begins with.</summary>
    /// <param name="mask">The new mask.</param>
    /// <param name="vectors">The weights that the action may use.</param>
    /// <param name="rng">For shuffles.</param>
    /// <returns>[D]: changed where the mask keeps; elsewhere, and outside the mask's scope, the weights rewound to (under <c>keep</c>
    /// the trained ones); the caller owns it.</returns>
    public Tensor Start(Mask mask, StartVectors vectors, Philox rng)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(vectors);
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var start = Rest(vectors).clone();
        var reader = rng.Reader();
        foreach (var layer in mask.Layers)
        {
            var kept = WeightVector.Window(mask.Kept, layer);
            WeightVector.Window(start, layer).masked_scatter_(kept, Layer(layer, kept, vectors, reader));
        }

        return start.MoveToOuterDisposeScope();
    }

    /// <summary>What the weights are that the mask does not keep, [D]. One of the vectors.</summary>
    /// <param name="vectors">Those that there are.</param>
    internal abstract Tensor Rest(StartVectors vectors);

    /// <summary>The kept weights of a layer, in their order.</summary>
    /// <param name="layer">Which part of the vectors it is.</param>
    /// <param name="kept">bool, [layer].</param>
    /// <param name="vectors">The weights that the action may use.</param>
    /// <param name="reader">Where random numbers come from.</param>
    /// <returns>[kept], in the dispose scope of the caller.</returns>
    internal abstract Tensor Layer(Segment layer, Tensor kept, StartVectors vectors, PhiloxReader reader);

    /// <summary>The values of a vector in another order.</summary>
    internal static Tensor Shuffle(Tensor values, PhiloxReader reader) =>
        values.index_select(0, MaskSelection.Sample(arange(values.shape[0], device: values.device), values.shape[0], reader));
}

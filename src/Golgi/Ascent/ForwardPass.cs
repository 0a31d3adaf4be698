using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>What is known of a batch of pictures in one step: the pictures themselves and what the network says of
/// them.</summary>
/// <remarks>All tensors belong to the step and die with it.</remarks>
public sealed class ForwardPass
{
    private readonly ActivationTap tap;

    internal ForwardPass(Tensor pictures, Tensor output, ActivationTap tap, long views)
    {
        Pictures = pictures;
        Output = output;
        Views = views;
        this.tap = tap;
    }

    /// <summary>The pictures before any transform, [N, C, H, W], raw values (0 to 255).</summary>
    public Tensor Pictures { get; }

    /// <summary>What the network gave, [views · N, ...]; view v of picture n is row v · N + n.</summary>
    public Tensor Output { get; }

    /// <summary>How many transformed views of each picture the network saw.</summary>
    public long Views { get; }

    /// <summary>What a layer gave, [views · N, units, ...].</summary>
    /// <exception cref="ArgumentException">The objective did not name the layer among its
    /// <see cref="Objective.Layers"/>.</exception>
    public Tensor this[string layer] => tap[layer];

    /// <summary>Which unit each row is about: picture n, in each of its views, about unit n modulo their number.</summary>
    /// <returns>int64 [views · N].</returns>
    internal Tensor UnitOfRow(IReadOnlyList<long> units)
    {
        long count = Pictures.shape[0];
        return tensor(
            Enumerable.Range(0, (int)(Views * count)).Select(row => units[(int)(row % count % units.Count)]).ToArray(), ScalarType.Int64,
            Output.device);
    }

    /// <summary>One score per picture from one score per view.</summary>
    /// <param name="scores">[views · N].</param>
    /// <returns>[N].</returns>
    public Tensor OverViews(Tensor scores) =>
        Views == 1 ? Check.Shape(scores, $"[{Output.shape[0]}]") : scores.view(Views, -1).mean([0L]);
}

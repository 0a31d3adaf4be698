using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>What is known of a batch of pictures in one step: the pictures themselves, what they are made of, and what the network says of
/// them; further networks answer under their names.</summary>
/// <remarks>All tensors belong to the step and die with it.</remarks>
public sealed class ForwardPass
{
    private readonly ActivationTap tap;
    private readonly Tensor seen;
    private readonly Tensor? coordinates;
    private readonly IReadOnlyDictionary<string, FrozenSpecimen>? networks;
    private readonly bool recorded;
    private Dictionary<string, ForwardPass>? through;

    internal ForwardPass(
        Tensor seen, Tensor output, ActivationTap tap, Tensor? pictures = null, Tensor? coordinates = null,
        IReadOnlyDictionary<string, FrozenSpecimen>? networks = null)
    {
        Pictures = pictures ?? seen;
        Output = output;
        Views = seen.shape[0] / Pictures.shape[0];
        this.seen = seen;
        this.coordinates = coordinates;
        this.networks = networks;
        this.tap = tap;
        recorded = is_grad_enabled();
    }

    /// <summary>The pictures before any transform, [N, C, H, W], raw values (0 to 255).</summary>
    public Tensor Pictures { get; }

    /// <summary>What the pictures are made of, the canvas's coordinates, [N, ...]; the pictures themselves where there is no canvas.</summary>
    public Tensor Coordinates => coordinates ?? Pictures;

    /// <summary>What the network gave, [views · N, ...]; view v of picture n is row v · N + n.</summary>
    public Tensor Output { get; }

    /// <summary>How many transformed views of each picture the network saw.</summary>
    public long Views { get; }

    /// <summary>What a layer gave, [views · N, units, ...].</summary>
    /// <exception cref="ArgumentException">The objective did not name the layer among its
    /// <see cref="Objective.Layers"/>.</exception>
    public Tensor this[string layer] => tap[layer];

    /// <summary>What another network says of the same views of the same pictures; it looks when it is first asked.</summary>
    /// <param name="network">A name of <see cref="AscentPlan.Networks"/>.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public ForwardPass Through(string network)
    {
        Check.Known(network, networks?.Keys ?? [], "network beside the specimen");
        through ??= [];
        if (through.TryGetValue(network, out var known)) return known;
        using var _ = enable_grad(recorded);
        return through[network] = networks![network].Look(seen, Pictures, coordinates, networks);
    }

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

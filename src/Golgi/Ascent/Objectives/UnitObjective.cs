using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>The activation of a unit: a neuron of a dense layer, a channel or one neuron of a map.</summary>
/// <remarks>Erhan et al. 2009. Several units make a batch: picture n is for unit n modulo their number.</remarks>
public sealed class UnitObjective : Objective
{
    private readonly string layer;
    private readonly long[] units;
    private readonly UnitPosition position;

    /// <summary>One unit for all pictures.</summary>
    /// <param name="layer">A dotted name.</param>
    /// <param name="unit">0-based.</param>
    /// <param name="position">Where in a map; of no matter for a dense layer.</param>
    public UnitObjective(string layer, long unit, UnitPosition position = UnitPosition.Everywhere)
        : this(layer, [unit], position)
    {
    }

    /// <summary>Picture n is for unit n modulo the number of units.</summary>
    /// <param name="units">0-based, one or more.</param>
    /// <inheritdoc cref="UnitObjective(string, long, UnitPosition)"/>
    public UnitObjective(string layer, IReadOnlyList<long> units, UnitPosition position = UnitPosition.Everywhere)
    {
        ArgumentException.ThrowIfNullOrEmpty(layer);
        ArgumentNullException.ThrowIfNull(units);
        Check.Positive(units.Count, nameof(units));
        this.layer = layer;
        this.units = [.. units];
        this.position = position;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [layer];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var activations = pass[layer];
        long most = units.Max();
        if (most >= activations.shape[1])
        {
            throw new ArgumentException($"Layer '{layer}' has {activations.shape[1]} units; unit {most} is not among 0..{activations.shape[1] - 1}.");
        }

        var picked = units.Length == 1 ? activations.narrow(1, units[0], 1) : Gather(activations, pass.UnitOfRow(units));
        return pass.OverViews(Place(picked.squeeze(1), position));         // [views · N]
    }

    /// <inheritdoc/>
    public override string ToString() => $"{layer}:{(units.Length == 1 ? units[0] : $"{units[0]}..{units[^1]}")}";

    /// <summary>One value per row from a unit's map.</summary>
    /// <param name="map">[rows], [rows, positions] or [rows, H, W].</param>
    internal static Tensor Place(Tensor map, UnitPosition position)
    {
        if (map.dim() == 1) return map;
        if (position == UnitPosition.Everywhere) return map.flatten(1).mean([1]);
        if (position == UnitPosition.Strongest) return map.flatten(1).amax([1]);
        for (long dim = map.dim() - 1; dim > 0; dim--) map = map.select(dim, map.shape[dim] / 2);
        return map;
    }

    private static Tensor Gather(Tensor activations, Tensor units)
    {
        long[] shape = [.. activations.shape];
        shape[1] = 1;
        long[] index = [.. Enumerable.Repeat(1L, shape.Length)];
        index[0] = shape[0];
        return activations.gather(1, units.view(index).expand(shape));
    }
}

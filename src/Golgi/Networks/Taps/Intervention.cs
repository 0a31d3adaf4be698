using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Networks.Taps;

/// <summary>Changes what a named layer gives, as long as it lives. A scope: disposing it gives the network its own ways
/// back.</summary>
/// <remarks>Works on <c>call</c>, not on <c>forward</c>. Several interventions on one layer act in the order of their
/// making; an
/// <see cref="ActivationTap"/> that was made afterwards reads the changed output.</remarks>
public sealed class Intervention : IDisposable
{
    private readonly LayerHook hook;
    private readonly Tensor[] owned;

    private Intervention(
        nn.Module<Tensor, Tensor> network, string layer, Func<Tensor, Tensor> edit, params Tensor[] owned)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(edit);
        this.owned = owned;
        Layer = layer;
        try
        {
            hook = LayerHook.Attach(LayerHook.Find(network, layer), layer, (_, output) =>
            {
                var edited = edit(output);
                Check.SameShape(output, edited, $"The output of '{layer}'", "what the intervention made of it");
                return edited;
            });
        }
        catch
        {
            foreach (var tensor in owned) tensor.Dispose();
            throw;
        }
    }

    /// <summary>The layer whose output is changed.</summary>
    public string Layer { get; }

    /// <summary>Changes a layer's output by any function.</summary>
    /// <param name="network">Any network. Borrowed.</param>
    /// <param name="layer">A dotted name.</param>
    /// <param name="edit">From the layer's output (borrowed; do not change it in place) to a tensor of the same shape
    /// that takes its place.</param>
    /// <exception cref="ArgumentException">The layer is not known, or does not give one tensor.</exception>
    public static Intervention Edit(nn.Module<Tensor, Tensor> network, string layer, Func<Tensor, Tensor> edit) =>
        new(network, layer, edit);

    /// <summary>Silences units: their activations become 0.</summary>
    /// <param name="units">Which, along dimension 1 of the output [N, units, ...]; each in [0, units), checked when the
    /// layer runs.</param>
    /// <inheritdoc cref="Edit"/>
    public static Intervention Zero(nn.Module<Tensor, Tensor> network, string layer, IReadOnlyList<long> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        var index = tensor([.. units], ScalarType.Int64).DetachFromDisposeScope();
        return new Intervention(network, layer, output => Silence(output, index, units, layer), index);
    }

    /// <summary>Adds a direction to every example's activations.</summary>
    /// <param name="direction">[units], added at every place, or the shape of one example's activations.
    /// Copied.</param>
    /// <inheritdoc cref="Edit"/>
    public static Intervention Add(nn.Module<Tensor, Tensor> network, string layer, Tensor direction)
    {
        ArgumentNullException.ThrowIfNull(direction);
        var own = direction.detach().clone().DetachFromDisposeScope();
        return new Intervention(network, layer, output => Added(output, own, layer), own);
    }

    /// <summary>Replaces every example's activations.</summary>
    /// <param name="value">[units], put at every place; the shape of one example's activations; or that of the whole
    /// batch. Copied.</param>
    /// <inheritdoc cref="Edit"/>
    public static Intervention Replace(nn.Module<Tensor, Tensor> network, string layer, Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var own = value.detach().clone().DetachFromDisposeScope();
        return new Intervention(network, layer, output => Filled(output, own, layer), own);
    }

    /// <summary>Ends the change.</summary>
    public void Dispose()
    {
        hook.Dispose();
        foreach (var tensor in owned) tensor.Dispose();
    }

    private static Tensor Silence(Tensor output, Tensor index, IReadOnlyList<long> units, string layer)
    {
        if (output.dim() < 2 || units.Any(unit => unit < 0 || unit >= output.shape[1]))
        {
            throw new ArgumentException(
                $"Units {string.Join(", ", units)} of '{layer}' are to be silenced; "
                + $"its output is {Check.Describe(output.shape)}, "
                + "units are counted from 0 along its second dimension.");
        }

        using var here = index.to(output.device);
        return output.index_fill(1, here, 0);
    }

    private static Tensor Added(Tensor output, Tensor direction, string layer)
    {
        using var scope = NewDisposeScope();
        return (output + Spread(direction, output, layer)).MoveToOuterDisposeScope();
    }

    private static Tensor Filled(Tensor output, Tensor value, string layer)
    {
        using var scope = NewDisposeScope();
        return Spread(value, output, layer).expand(output.shape).clone().MoveToOuterDisposeScope();
    }

    /// <summary>The value where the output lives, in a shape that spreads over it.</summary>
    private static Tensor Spread(Tensor value, Tensor output, string layer)
    {
        long[] shape = output.shape, given = value.shape;
        var here = value.to(output.device);
        if (given.AsSpan().SequenceEqual(shape) || given.AsSpan().SequenceEqual(shape.AsSpan(1))) return here;
        if (given.Length == 1 && shape.Length > 1 && given[0] == shape[1])
        {
            return here.view([-1, .. Enumerable.Repeat(1L, shape.Length - 2)]);
        }

        throw new ArgumentException(
            $"The value for '{layer}' has shape {Check.Describe(given)}, the layer's output {Check.Describe(shape)}; "
            + $"it must have [{(shape.Length > 1 ? shape[1] : 1)}], {Check.Describe(shape.AsSpan(1))} or "
            + "the whole output's shape.");
    }
}

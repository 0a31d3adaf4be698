using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Networks.Taps;

/// <summary>Reads what named layers give, without changing the network. A scope: disposing it removes every
/// hook.</summary>
/// <remarks>Layers are read when they are called (<c>call</c>, not <c>forward</c>); a layer that is called several
/// times in one
/// pass gives its last output. What was read outlives the dispose scopes of the pass and lives until the next pass or
/// until this object is disposed.</remarks>
/// <example><code>
/// using var tap = new ActivationTap(network, ["relu1", "fc1"]);
/// using var logits = tap.Run(images);
/// var activations = tap["relu1"];   // [N, units, ...]
/// </code></example>
public sealed class ActivationTap : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly bool differentiable;
    private readonly List<LayerHook> hooks = [];
    private readonly Dictionary<string, Tensor> readings = [];

    /// <summary>Starts reading layers.</summary>
    /// <param name="network">Any network. Borrowed.</param>
    /// <param name="layers">Dotted names, as <c>named_modules()</c> has them; each may be named more than once.</param>
    /// <exception cref="ArgumentException">A layer is not known or does not give one tensor; no hook is left
    /// behind.</exception>
    public ActivationTap(nn.Module<Tensor, Tensor> network, IEnumerable<string> layers)
        : this(network, layers, differentiable: false)
    {
    }

    private ActivationTap(nn.Module<Tensor, Tensor> network, IEnumerable<string> layers, bool differentiable)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(layers);
        this.network = network;
        this.differentiable = differentiable;
        Layers = [.. layers.Distinct()];
        var modules = Layers.Select(name => (name, module: LayerHook.Find(network, name))).ToArray();
        try
        {
            foreach (var (name, module) in modules)
            {
                hooks.Add(LayerHook.Attach(module, name, (_, output) => Keep(name, output)));
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The layers that are read, in the order in which they were named.</summary>
    public IReadOnlyList<string> Layers { get; }

    /// <summary>What a layer gave in the last pass, [N, units, ...]. Owned by this object; see
    /// <see cref="Take"/>.</summary>
    /// <exception cref="ArgumentException">The layer is not among those that are read.</exception>
    /// <exception cref="InvalidOperationException">It has not been called since the tap began, or its output was
    /// taken.</exception>
    public Tensor this[string layer] =>
        readings.TryGetValue(Check.Known(layer, Layers, "tapped layer"), out var reading)
            ? reading
            : throw new InvalidOperationException(
                $"Layer '{layer}' has no reading: run the network first, with tap.Run(input) or network.call(input).");

    /// <summary>Starts reading layers so that one can differentiate with respect to what they gave:
    /// <c>autograd.grad([score], [tap[layer]])</c>.</summary>
    /// <remarks>The network then computes with an alias of the reading, so values do not change. A reading that no
    /// weight
    /// or input makes differentiable is made so itself.</remarks>
    /// <inheritdoc cref="ActivationTap(nn.Module{Tensor, Tensor}, IEnumerable{string})"/>
    public static ActivationTap Differentiable(nn.Module<Tensor, Tensor> network, IEnumerable<string> layers) =>
        new(network, layers, differentiable: true);

    /// <summary>Runs the network and reads the layers; frees every other intermediate result.</summary>
    /// <param name="input">A batch, [N, ...]. Borrowed.</param>
    /// <returns>The network's output; the caller owns it.</returns>
    public Tensor Run(Tensor input)
    {
        ObjectDisposedException.ThrowIf(hooks.Count < Layers.Count, this);
        Forget();
        using var scope = NewDisposeScope();
        return network.call(input).MoveToOuterDisposeScope();
    }

    /// <summary>Gives a reading away.</summary>
    /// <returns>What the layer gave in the last pass; the caller owns it, also after this object is disposed.</returns>
    /// <inheritdoc cref="this[string]" path="/exception"/>
    public Tensor Take(string layer)
    {
        var reading = this[layer];
        readings.Remove(layer);
        return reading;
    }

    /// <summary>Removes the hooks and frees the readings that were not taken.</summary>
    public void Dispose()
    {
        foreach (var hook in hooks) hook.Dispose();
        hooks.Clear();
        Forget();
    }

    private Tensor? Keep(string layer, Tensor output)
    {
        var reading = output.alias().DetachFromDisposeScope();
        if (readings.Remove(layer, out var old)) old.Dispose();
        readings[layer] = reading;
        if (!differentiable || !is_grad_enabled()) return null;
        if (!reading.requires_grad) reading.requires_grad_(true);
        return reading.alias(); // what follows depends on the reading, and not beside it
    }

    private void Forget()
    {
        foreach (var reading in readings.Values) reading.Dispose();
        readings.Clear();
    }
}

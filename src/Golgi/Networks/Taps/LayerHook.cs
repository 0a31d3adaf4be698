using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Networks.Taps;

/// <summary>Calls a function whenever a named layer has given its output, until it is disposed.</summary>
internal sealed class LayerHook : IDisposable
{
    private Action? remove;

    private LayerHook(Action remove) => this.remove = remove;

    /// <summary>Finds a layer by its dotted name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message names the nearest.</exception>
    public static nn.Module Find(nn.Module network, string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        foreach (var (name, module) in network.named_modules())
        {
            if (name == layer && name.Length > 0) return module;
        }

        Check.Known(layer, network.named_modules().Select(entry => entry.name).Where(name => name.Length > 0), "layer");
        throw new ArgumentException("A layer's name is empty; name one of the network's layers.", nameof(layer));
    }

    /// <summary>True for layers whose output can be seen.</summary>
    public static bool Fits(nn.Module layer) =>
        layer is nn.Module<Tensor, Tensor> or nn.Module<Tensor, Tensor, Tensor> or nn.Module<Tensor[], Tensor>;

    /// <summary>Attaches a function to a layer; fires on <c>call</c>, not on <c>forward</c>.</summary>
    /// <param name="name">The layer's name, for the message.</param>
    /// <param name="onOutput">Gets the layer's first input and its output, both borrowed; what it returns takes the
    /// output's
    /// place, null leaves it.</param>
    /// <exception cref="ArgumentException">The layer does not give one tensor.</exception>
    public static LayerHook Attach(nn.Module layer, string name, Func<Tensor?, Tensor, Tensor?> onOutput)
    {
        // The delegates return null for "unchanged", which TorchSharp accepts without saying so in its types.
        switch (layer)
        {
            case nn.Module<Tensor, Tensor> one:
                var first = one.register_forward_hook((_, input, output) => onOutput(input, output)!);
                return new LayerHook(first.remove);
            case nn.Module<Tensor, Tensor, Tensor> two:
                var second = two.register_forward_hook((_, input, _, output) => onOutput(input, output)!);
                return new LayerHook(second.remove);
            case nn.Module<Tensor[], Tensor> many:
                var third = many.register_forward_hook(
                    (_, inputs, output) => onOutput(inputs.FirstOrDefault(), output)!);
                return new LayerHook(third.remove);
            default:
                throw new ArgumentException(
                    $"Layer '{name}' ({layer.GetType().Name}) does not give one tensor; "
                    + "only layers that do can be read or changed.",
                    nameof(layer));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        remove?.Invoke();
        remove = null;
    }
}

using Golgi.Networks.Export;
using static TorchSharp.torch;

namespace Golgi.Networks.Layers;

/// <summary>A network whose layers follow each other, each under a readable name: <c>conv1</c>, <c>relu1</c>,
/// <c>fc2</c>.</summary>
/// <remarks>Every layer is called, so that a hook reads any of them; what a layer
/// made is freed when the next ones are done with it (autograd keeps what it needs).</remarks>
public sealed class LayerSequence : nn.Module<Tensor, Tensor>, IOnnxExport
{
    private readonly nn.Module<Tensor, Tensor>[] layers;

    /// <summary>Puts layers in a row and takes ownership of them.</summary>
    /// <param name="kind">What the module calls itself in printouts.</param>
    /// <param name="named">The layers with their names, first to last; at least one.</param>
    /// <exception cref="ArgumentException">There is no layer.</exception>
    public LayerSequence(string kind, IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Layer)> named)
        : base(kind)
    {
        ArgumentNullException.ThrowIfNull(named);
        if (named.Count == 0)
        {
            throw new ArgumentException($"{kind} has no layers; it must have at least one.", nameof(named));
        }

        layers = [.. named.Select(entry => entry.Layer)];
        foreach (var (name, layer) in named) register_module(name, layer);
    }

    /// <summary>The layers in order. Owned by this object.</summary>
    public IReadOnlyList<nn.Module<Tensor, Tensor>> Layers => layers;

    /// <summary>Runs the layers one after another.</summary>
    /// <param name="input">A batch, [N, ...].</param>
    /// <returns>The last layer's output; the caller owns it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var x = input;
        foreach (var layer in layers) x = layer.call(x);
        return x.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public string Export(ExportGraph graph, string name, string input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Children(this, name, input);
    }
}

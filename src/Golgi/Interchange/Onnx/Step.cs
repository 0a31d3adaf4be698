using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>One node, ready to run: a kernel, or a layer that a user can name, tap and train.</summary>
internal sealed class Step
{
    public required OnnxNode Node { get; init; }

    /// <summary>Where inputs come from; −1 for one left out.</summary>
    public required int[] Inputs { get; init; }

    /// <summary>Where outputs go; −1 for one that nobody wants.</summary>
    public required int[] Outputs { get; init; }

    /// <summary>Runs the node where <see cref="Layer"/> does not do so by itself.</summary>
    public required Kernel Kernel { get; init; }

    /// <summary>The layer; null for nodes that only reckon with shapes.</summary>
    public nn.Module<Tensor, Tensor>? Layer { get; set; }

    /// <summary>The one input that the layer is called with; −1: the layer is called with the node's result.</summary>
    public int Data { get; init; } = -1;

    /// <summary>The layer's current weights by the position of the node's input, in the file's form.</summary>
    public IReadOnlyDictionary<int, Func<Tensor>> Weights { get; init; } = new Dictionary<int, Func<Tensor>>();

    /// <summary>Values that nobody reads after this step.</summary>
    public int[] Release { get; set; } = [];
}

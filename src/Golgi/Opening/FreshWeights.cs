using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>First weights for a network that comes from a file, in place of those that the file holds.</summary>
internal static class FreshWeights
{
    private const string Known = "linear and convolutional layers, normalizations, and sums and products with a number for each channel";

    /// <summary>Draws all weights anew, in place; running statistics start again at 0 and 1.</summary>
    /// <param name="network">Borrowed.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="initialization">One of <see cref="Initialization.Names"/>.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="ArgumentException">A layer's weights are of a kind for which no first weights are known; the message names it.</exception>
    public static void Draw(nn.Module network, string name, string initialization, long seed)
    {
        var layers = network.named_modules().Where(layer => layer.module.parameters(recurse: false).Any()).ToArray();
        foreach (var (path, layer) in layers)
        {
            if (!Fits(layer)) throw Unknown(name, path, layer);
        }

        Initialization.Apply(network, initialization, seed);
        using var _ = no_grad();
        foreach (var (_, layer) in layers)
        {
            if (layer is OnnxLayer { Operator: var operation } && Neutral(operation) is { } value)
            {
                foreach (var parameter in layer.parameters(recurse: false)) parameter.fill_(value); // [C, 1, 1] is no kernel
            }
        }

        foreach (var (buffer, values) in network.named_buffers())
        {
            if (buffer.EndsWith("running_mean", StringComparison.Ordinal)
                || buffer.EndsWith("num_batches_tracked", StringComparison.Ordinal)) values.zero_();
            if (buffer.EndsWith("running_var", StringComparison.Ordinal)) values.fill_(1);
        }
    }

    private static bool Fits(nn.Module layer) => layer switch
    {
        Linear or Conv1d or Conv2d or Conv3d or BatchNorm => true,
        OnnxLayer { Operator: "Conv" } => true,
        OnnxLayer { Operator: "BatchNormalization" or "InstanceNormalization" or "LayerNormalization" or "GroupNormalization" } =>
            layer.parameters(recurse: false).All(parameter => parameter.dim() == 1),
        OnnxLayer { Operator: var operation } => Neutral(operation) is not null && layer.parameters(recurse: false).All(IsForChannels),
        _ => false,
    };

    /// <summary>The number that changes nothing: 0 for sums, 1 for products; null for other operators.</summary>
    private static double? Neutral(string operation) => operation switch
    {
        "Add" or "Sub" => 0,
        "Mul" or "Div" => 1,
        _ => null,
    };

    private static bool IsForChannels(Parameter parameter) => parameter.shape.Count(side => side > 1) <= 1;

    private static ArgumentException Unknown(string name, string path, nn.Module layer) => new(
        $"The layer {path} of {name} is of the kind {(layer is OnnxLayer { Operator: var operation } ? operation : layer.GetType().Name)}, for whose "
        + $"weights no fresh start is known. Known: {Known}. From C#, Trainables.Of(name, data, seed => ...) takes a network with any start.");
}

using Golgi.Interchange.Onnx;
using Golgi.Networks.Export;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Removes what a mask has left dead: units and channels that nothing reads, or that nothing feeds. The network computes the same.</summary>
/// <remarks>A unit with no incoming weights is a constant, the activation of its bias; it goes into the next layer's biases, unless the
/// next layer is a padded convolution, at whose border the constant would be missing. Channels that are added to each other, as in
/// residual networks, go only if all of them are dead. Normalization by stored statistics is a number per channel and shrinks with
/// it; behind an operation that is not understood everything stays.</remarks>
public static class Shrinker
{
    /// <summary>Makes the smaller network.</summary>
    /// <param name="network">Any network that Golgi writes as ONNX: the reference networks, torch's layers in a row, imported networks, and
    /// modules that implement <see cref="IOnnxExport"/>. Borrowed, not changed; what counts is how it computes in evaluation mode.</param>
    /// <param name="inputShape">The shape of one input, without the batch.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">The network cannot be written as ONNX, so that it is unknown who reads whom.</exception>
    public static Shrunk Shrink(nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputShape);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var model = new ChannelFlow(OnnxExporter.ToModel(network, inputShape)).Shrink(out var layers);
        var smaller = OnnxImporter.Import(model);
        foreach (var tensor in smaller.parameters().Concat(smaller.buffers())) tensor.DetachFromDisposeScope();
        return new Shrunk(
            smaller, layers, Parameters(network).Sum(parameter => parameter.numel()), Parameters(smaller).Sum(parameter => parameter.numel()),
            Parameters(network).Sum(parameter => parameter.count_nonzero().item<long>()));
    }

    private static IEnumerable<Tensor> Parameters(nn.Module network) => network.parameters();
}

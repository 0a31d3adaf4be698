using Golgi.Networks.Export;
using static TorchSharp.torch;

namespace Golgi.Networks.Layers;

/// <summary>The parameter-free shortcut of a residual network: every second row and column, and channels of zeros added
/// in equal
/// number before and after.</summary>
/// <remarks>Option A of He, Zhang, Ren and Sun 2015 (arXiv 1512.03385), with the zeros on both sides.</remarks>
/// <param name="added">How many channels are added on each side.</param>
internal sealed class ChannelPadding(long added) : nn.Module<Tensor, Tensor>(nameof(ChannelPadding)), IOnnxExport
{
    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var strided = input.slice(2, 0, input.shape[2], 2);
        using var smaller = strided.slice(3, 0, input.shape[3], 2);
        return nn.functional.pad(smaller, [0, 0, 0, 0, added, added]);
    }

    /// <inheritdoc/>
    public string Export(ExportGraph graph, string name, string input)
    {
        string Numbers(string part, params long[] values)
        {
            using var numbers = tensor(values);
            return graph.Weight($"{name}.{part}", numbers);
        }

        string smaller = graph.Node(
            "Slice",
            $"{name}.strided",
            [input, Numbers("starts", 0, 0), Numbers("ends", long.MaxValue, long.MaxValue), Numbers("axes", 2, 3), Numbers("steps", 2, 2)]);
        return graph.Node("Pad", name, [smaller, Numbers("pads", 0, added, 0, 0, 0, added, 0, 0)]);
    }
}

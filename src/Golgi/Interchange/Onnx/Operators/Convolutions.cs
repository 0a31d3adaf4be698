using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Convolutions and transposed convolutions in one to three dimensions.</summary>
internal static class Convolutions
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table => [("Conv", Conv), ("ConvTranspose", ConvTranspose)];

    /// <summary>The window of a convolution: the weight's shape, where it is known, stands in for kernel_shape.</summary>
    public static Window WindowOf(NodeSettings node)
    {
        node.Needs(2);
        return Window.Read(node, node.Constant(1)?.shape[2..]);
    }

    private static Kernel Conv(NodeSettings node)
    {
        long groups = Groups(node);
        var known = node.Constant(1) is null && node.Integers("kernel_shape") is null ? null : WindowOf(node);
        return (inputs, _) =>
        {
            var window = known ?? Window.Read(node, inputs[1]!.shape[2..]);
            var x = inputs[0]!;
            if (x.dim() != window.Rank + 2) throw node.Bad($"needs {window.Rank + 2} dimensions, the input has {x.dim()}");
            if (window.IsSymmetric) return [Apply(x, inputs[1]!, inputs.ElementAtOrDefault(2), window, window.Begin, groups)];
            var (begin, end) = window.Pads(x.shape.AsSpan(2));
            var padded = F.pad(x, Window.ForPad(begin, end));
            return [Apply(padded, inputs[1]!, inputs.ElementAtOrDefault(2), window, new long[window.Rank], groups)];
        };
    }

    private static Tensor Apply(Tensor x, Tensor weight, Tensor? bias, Window window, long[] padding, long groups) => window.Rank switch
    {
        1 => F.conv1d(x, weight, bias, window.Stride[0], padding[0], window.Dilation[0], groups),
        2 => F.conv2d(x, weight, bias, window.Stride, padding, window.Dilation, groups),
        _ => F.conv3d(x, weight, bias, window.Stride, padding, window.Dilation, groups),
    };

    private static Kernel ConvTranspose(NodeSettings node)
    {
        long groups = Groups(node);
        node.Needs(2);
        return (inputs, _) =>
        {
            var (x, weight) = (inputs[0]!, inputs[1]!);
            var window = Window.Read(node, weight.shape[2..]);
            if (x.dim() != window.Rank + 2) throw node.Bad($"needs {window.Rank + 2} dimensions, the input has {x.dim()}");
            long[] extra = node.Integers("output_padding") ?? new long[window.Rank];
            var (begin, end) = TransposedPads(node, window, x.shape, extra);

            // The whole output first; then it is cut (or lengthened) at both ends, and the bias comes last.
            var whole = window.Rank switch
            {
                1 => F.conv_transpose1d(x, weight, null, window.Stride[0], 0, 0, groups, window.Dilation[0]),
                2 => F.conv_transpose2d(x, weight, null, window.Stride, [0, 0], [0, 0], window.Dilation, groups),
                _ => F.conv_transpose3d(x, weight, null, window.Stride, [0, 0, 0], [0, 0, 0], window.Dilation, groups),
            };
            long[] after = [.. end.Zip(extra, (cut, more) => more - cut)];
            var y = F.pad(whole, Window.ForPad([.. begin.Select(cut => -cut)], after));
            return [inputs.ElementAtOrDefault(2) is { } bias ? y.add(bias.reshape([1, -1, .. Enumerable.Repeat(1L, window.Rank)])) : y];
        };
    }

    private static (long[] Begin, long[] End) TransposedPads(NodeSettings node, Window window, long[] input, long[] extra)
    {
        long[]? wanted = node.Integers("output_shape");
        if (wanted is null && !window.IsSame) return (window.Begin, window.End);
        long[] begin = new long[window.Rank], end = new long[window.Rank];
        for (int i = 0; i < window.Rank; i++)
        {
            long size = input[i + 2];
            long output = wanted is null ? size * window.Stride[i] : wanted[wanted.Length - window.Rank + i];
            long total = (window.Stride[i] * (size - 1)) + extra[i] + window.Reach(i) - output;
            begin[i] = total < 0 ? 0 : window.Auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
            end[i] = total - begin[i];
        }

        return (begin, end);
    }

    private static long Groups(NodeSettings node)
    {
        long groups = node.Integer("group", 1);
        return groups >= 1 ? groups : throw node.Bad($"has {groups} groups");
    }
}

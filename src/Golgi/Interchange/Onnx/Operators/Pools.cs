using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Pools: the largest, the average, or a norm of each window, or of everything.</summary>
internal static class Pools
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("AveragePool", AveragePool),
        ("GlobalAveragePool", node => Global(node, (x, axes) => x.mean(axes, keepdim: true))),
        ("GlobalLpPool", GlobalLpPool),
        ("GlobalMaxPool", node => Global(node, (x, axes) => x.amax(axes, keepdim: true))),
        ("LpPool", LpPool),
        ("MaxPool", MaxPool),
        ("MaxUnpool", MaxUnpool),
    ];

    private static Kernel MaxPool(NodeSettings node)
    {
        node.Needs(1);
        var window = Window.Read(node, null);
        bool indices = node.Wants(1), columns = node.Flag("storage_order");
        bool simple = window is { IsSymmetric: true, Ceil: false, Rank: 2 } && !indices
            && window.Begin.Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2);
        return (inputs, _) =>
        {
            var x = Spatial(node, inputs[0]!, window);
            if (simple && x.is_floating_point())
            {
                return [F.max_pool2d(x, window.Kernel, window.Stride, window.Begin, window.Dilation)];
            }

            var floating = x.is_floating_point() ? x : x.to(ScalarType.Float32);
            long[] input = x.shape[2..], output = window.Output(input);
            var (begin, _) = window.Pads(input);
            var padded = F.pad(floating, Window.ForPad(begin, Fill(window, input, begin, output)), PaddingModes.Constant, double.NegativeInfinity);
            var (best, where) = PoolWithIndices(padded, window);
            var y = x.is_floating_point() ? best : best.to(x.dtype);
            return indices ? [y, Flat(where, padded.shape, x.shape, begin, columns)] : [y];
        };
    }

    // Padding at the end so that exactly the windows of the output fit.
    private static long[] Fill(Window window, long[] input, long[] begin, long[] output) =>
        [.. output.Select((size, i) => Math.Max(0, ((size - 1) * window.Stride[i]) + window.Reach(i) - input[i] - begin[i]))];

    private static (Tensor Best, Tensor Where) PoolWithIndices(Tensor x, Window window)
    {
        switch (window.Rank)
        {
            case 1:
                var (values, where) = F.max_pool2d_with_indices(
                    x.unsqueeze(2), [1, window.Kernel[0]], [1, window.Stride[0]], [0, 0], [1, window.Dilation[0]]);
                return (values.squeeze(2), where.squeeze(2));
            case 2:
                return F.max_pool2d_with_indices(x, window.Kernel, window.Stride, [0, 0], window.Dilation);
            default:
                return F.max_pool3d_with_indices(x, window.Kernel, window.Stride, [0, 0, 0], window.Dilation);
        }
    }

    // torch counts within one padded plane; ONNX within the whole unpadded tensor, rows or columns first.
    private static Tensor Flat(Tensor where, long[] padded, long[] input, long[] begin, bool columns)
    {
        int rank = begin.Length;
        var rest = where;
        var result = zeros_like(where);
        long[] steps = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            var sizes = columns ? input[2..(2 + i)] : input[(3 + i)..];
            steps[i] = sizes.Aggregate(1L, (a, b) => a * b);
        }

        for (int i = rank - 1; i >= 0; i--)
        {
            result.add_(rest.remainder(padded[i + 2]).sub(begin[i]).mul(steps[i]));
            rest = rest.div(padded[i + 2], RoundingMode.floor);
        }

        long plane = input[2..].Aggregate(1L, (a, b) => a * b);
        var planes = arange(input[0] * input[1]).mul(plane).reshape([input[0], input[1], .. Enumerable.Repeat(1L, rank)]);
        return result.add(planes);
    }

    private static Kernel AveragePool(NodeSettings node)
    {
        node.Needs(1);
        var window = Window.Read(node, null);
        bool include = node.Flag("count_include_pad");
        bool simple = window is { IsSymmetric: true, Ceil: false, Rank: 2 } && window.Dilation.All(value => value == 1)
            && window.Begin.Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2);
        return (inputs, _) =>
        {
            var x = Spatial(node, inputs[0]!, window);
            return simple
                ? [F.avg_pool2d(x, window.Kernel, window.Stride, window.Begin, false, include)]
                : [Average(x, window, include)];
        };
    }

    private static Tensor Average(Tensor x, Window window, bool include)
    {
        long[] input = x.shape[2..];
        var (begin, end) = window.Pads(input);
        var counted = include
            ? ones([1, 1, .. input.Select((size, i) => size + begin[i] + end[i])], x.dtype, x.device)
            : F.pad(ones([1, 1, .. input], x.dtype, x.device), Window.ForPad(begin, end));
        var count = SumWindows(
            counted, window with { Begin = new long[window.Rank], End = new long[window.Rank], Auto = "NOTSET" }, window.Output(input));
        return SumWindows(F.pad(x, Window.ForPad(begin, end)), window, window.Output(input)).div(count);
    }

    // The sum of each window of an input that is padded already, up to what a last partial window lacks.
    private static Tensor SumWindows(Tensor x, Window window, long[] output)
    {
        long[] shape = x.shape, none = new long[window.Rank];
        var lacking = Fill(window, shape[2..], none, output);
        var full = lacking.Any(more => more > 0) ? F.pad(x, Window.ForPad(none, lacking)) : x;
        var planes = full.reshape([-1, 1, .. full.shape[2..]]);
        var kernel = ones([1, 1, .. window.Kernel], x.dtype, x.device);
        var sums = window.Rank switch
        {
            1 => F.conv1d(planes, kernel, null, window.Stride[0], 0, window.Dilation[0]),
            2 => F.conv2d(planes, kernel, null, window.Stride, none, window.Dilation),
            _ => F.conv3d(planes, kernel, null, window.Stride, none, window.Dilation),
        };
        return sums.reshape([shape[0], shape[1], .. sums.shape[2..]]);
    }

    private static Kernel LpPool(NodeSettings node)
    {
        node.Needs(1);
        var window = Window.Read(node, null);
        double p = Norm(node);
        return (inputs, _) =>
        {
            var x = Spatial(node, inputs[0]!, window);
            var (begin, end) = window.Pads(x.shape.AsSpan(2));
            var powers = F.pad(x.abs().pow(p), Window.ForPad(begin, end));
            return [SumWindows(powers, window, window.Output(x.shape.AsSpan(2))).pow(1 / p)];
        };
    }

    private static Kernel GlobalLpPool(NodeSettings node)
    {
        double p = Norm(node);
        return Global(node, (x, axes) => x.abs().pow(p).sum(axes, keepdim: true).pow(1 / p));
    }

    private static double Norm(NodeSettings node)
    {
        long p = node.Integer("p", 2);
        return p >= 1 ? p : throw node.Bad($"asks for the {p}-norm");
    }

    private static Kernel Global(NodeSettings node, Func<Tensor, long[], Tensor> function)
    {
        node.Needs(1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            if (x.dim() < 3) throw node.Bad($"needs 3 dimensions or more, the input has {x.dim()}");
            return [function(x, [.. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)])];
        };
    }

    private static Kernel MaxUnpool(NodeSettings node)
    {
        node.Needs(2);
        var window = Window.Read(node, null);
        return (inputs, _) =>
        {
            var (x, where) = (inputs[0]!, inputs[1]!);
            long[] shape = x.shape;
            long[] plain = [.. shape[..2], .. shape[2..].Select((size, i) =>
                ((size - 1) * window.Stride[i]) + window.Kernel[i] - window.Begin[i] - window.End[i])];
            long[] wanted = inputs.ElementAtOrDefault(2) is { } given ? Read.Integers(given) : plain;
            node.Reasonable(wanted);
            var y = zeros(plain, x.dtype, x.device);
            y = y.view(-1).scatter(0, where.reshape(-1), x.reshape(-1)).view(plain);
            if (wanted.SequenceEqual(plain)) return [y];
            return [F.pad(y, Window.ForPad(new long[window.Rank], [.. wanted[2..].Zip(plain[2..], (a, b) => a - b)]))];
        };
    }

    private static Tensor Spatial(NodeSettings node, Tensor x, Window window) =>
        x.dim() == window.Rank + 2 ? x : throw node.Bad($"needs {window.Rank + 2} dimensions, the input has {x.dim()}");
}

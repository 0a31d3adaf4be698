using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Normalizations: batch, instance, layer, group, local response, and by norms.</summary>
internal static class Normalizations
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("BatchNormalization", BatchNorm),
        ("GroupNormalization", GroupNorm),
        ("InstanceNormalization", InstanceNorm),
        ("LRN", LocalResponse),
        ("LayerNormalization", LayerNorm),
        ("LpNormalization", LpNorm),
        ("MeanVarianceNormalization", MeanVariance),
    ];

    private static Kernel BatchNorm(NodeSettings node)
    {
        node.Needs(5);
        if (node.Version < 9 && !node.Flag("spatial", true)) throw node.Unsupported("normalizes each place of its own (spatial = 0)");
        double epsilon = node.Float("epsilon", 1e-5), momentum = node.Float("momentum", 0.9);
        bool fits = node.Flag("training_mode");
        return (inputs, training) =>
        {
            var (x, scale, bias, mean, variance) = (inputs[0]!, inputs[1]!, inputs[2]!, inputs[3]!, inputs[4]!);
            if (fits) return Fitted(x, scale, bias, mean, variance, epsilon, momentum);
            return [F.batch_norm(x, mean, variance, scale, bias, training, 1 - momentum, epsilon)];
        };
    }

    // training_mode = 1: the batch's own statistics, and the running ones with the batch's mixed in (population variance).
    private static Tensor?[] Fitted(
        Tensor x, Tensor scale, Tensor bias, Tensor mean, Tensor variance, double epsilon, double momentum)
    {
        long[] axes = [0, .. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)];
        long[] shape = [1, -1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)];
        var center = x.mean(axes);
        var spread = x.var(axes, unbiased: false);
        var y = x.sub(center.reshape(shape)).div(spread.reshape(shape).add(epsilon).sqrt()).mul(scale.reshape(shape)).add(bias.reshape(shape));
        return [y, mean.mul(momentum).add(center.mul(1 - momentum)), variance.mul(momentum).add(spread.mul(1 - momentum))];
    }

    private static Kernel GroupNorm(NodeSettings node)
    {
        node.Needs(3);
        long groups = node.Integer("num_groups", 0);
        double epsilon = node.Float("epsilon", 1e-5);
        if (groups < 1) throw node.Bad($"has num_groups {groups}");
        return (inputs, _) =>
        {
            var (x, scale, bias) = (inputs[0]!, inputs[1]!, inputs[2]!);
            long channels = x.shape[1];
            if (channels % groups != 0) throw node.Bad($"divides {channels} channels into {groups} groups");

            // Versions 18 to 20 have one scale per group, later ones one per channel.
            long repeat = scale.numel() == groups && node.Version < 21 ? channels / groups : 1;
            return [F.group_norm(x, groups, scale.repeat_interleave(repeat), bias.repeat_interleave(repeat), epsilon)];
        };
    }

    private static Kernel InstanceNorm(NodeSettings node)
    {
        node.Needs(3);
        double epsilon = node.Float("epsilon", 1e-5);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] axes = [.. Enumerable.Range(2, (int)x.dim() - 2).Select(i => (long)i)];
            long[] shape = [1, -1, .. Enumerable.Repeat(1L, (int)x.dim() - 2)];
            var y = x.sub(x.mean(axes, keepdim: true)).mul(x.var(axes, unbiased: false, keepdim: true).add(epsilon).rsqrt());
            return [y.mul(inputs[1]!.reshape(shape)).add(inputs[2]!.reshape(shape))];
        };
    }

    private static Kernel LocalResponse(NodeSettings node)
    {
        node.Needs(1);
        long size = node.Integer("size", 0);
        double alpha = node.Float("alpha", 1e-4), beta = node.Float("beta", 0.75), bias = node.Float("bias", 1);
        if (size < 1) throw node.Bad($"has size {size}");
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] shape = x.shape;
            long before = (size - 1) / 2;
            var squares = x.square().reshape(shape[0], 1, shape[1], -1);
            var padded = F.pad(squares, [0, 0, before, size - 1 - before]);
            var means = F.avg_pool2d(padded, [size, 1], [1, 1]).reshape(shape);
            return [x.div(means.mul(alpha).add(bias).pow(beta))];
        };
    }

    private static Kernel LayerNorm(NodeSettings node)
    {
        node.Needs(2);
        long first = node.Integer("axis", -1);
        double epsilon = node.Float("epsilon", 1e-5);
        bool statistics = node.Wants(1) || node.Wants(2);
        return (inputs, _) =>
        {
            var (x, scale, bias) = (inputs[0]!, inputs[1]!, inputs.ElementAtOrDefault(2));
            int axis = (int)Axis.Of(first, x.dim());
            long[] inner = x.shape[axis..];
            if (!statistics && scale.shape.SequenceEqual(inner) && (bias is null || bias.shape.SequenceEqual(inner)))
            {
                return [F.layer_norm(x, inner, scale, bias, epsilon)];
            }

            long[] axes = [.. Enumerable.Range(axis, inner.Length).Select(i => (long)i)];
            var mean = x.mean(axes, keepdim: true);
            var inverse = x.var(axes, unbiased: false, keepdim: true).add(epsilon).rsqrt();
            var y = x.sub(mean).mul(inverse).mul(scale);
            return [bias is null ? y : y.add(bias), mean, inverse];
        };
    }

    private static Kernel LpNorm(NodeSettings node)
    {
        node.Needs(1);
        long axis = node.Integer("axis", -1), p = node.Integer("p", 2);
        if (p is not (1 or 2)) throw node.Bad($"asks for the {p}-norm, not 1 or 2");
        return (inputs, _) => [inputs[0]!.div(inputs[0]!.norm((int)axis, keepdim: true, p: p))];
    }

    private static Kernel MeanVariance(NodeSettings node)
    {
        node.Needs(1);
        long[] axes = node.Integers("axes") ?? [0, 2, 3];
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            var centered = x.sub(x.mean(axes, keepdim: true));
            return [centered.div(centered.square().mean(axes, keepdim: true).sqrt().add(1e-9))];
        };
    }
}

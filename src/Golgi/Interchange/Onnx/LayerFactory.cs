using Golgi.Foundation;
using Golgi.Interchange.Onnx.Operators;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Torch's own layers for nodes that they compute exactly, so that instruments meet the types that they know.</summary>
internal static class LayerFactory
{
    /// <summary>A layer with the current weights by input position, or null where torch has none for this node.</summary>
    public static (nn.Module<Tensor, Tensor> Layer, Dictionary<int, Func<Tensor>> Weights)? Create(
        NodeSettings node, Func<int, Constant?> constant, int? rank)
    {
        switch (node.Node.Operator)
        {
            case "Conv": return Conv(node, constant);
            case "Gemm": return Gemm(node, constant);
            case "MatMul": return MatMul(node, constant);
            case "BatchNormalization": return BatchNorm(node, constant, rank);
            case "Relu": return (nn.ReLU(), []);
            case "Sigmoid": return (nn.Sigmoid(), []);
            case "Tanh": return (nn.Tanh(), []);
            case "LeakyRelu": return (nn.LeakyReLU(node.Float("alpha", 0.01)), []);
            case "Elu": return (nn.ELU(node.Float("alpha", 1)), []);
            case "Gelu" when node.Text("approximate", "none") == "none": return (nn.GELU(), []);
            case "Dropout" when !node.Wants(1) && node.InputCount == 1 && node.Float("ratio", 0.5) is >= 0 and < 1:
                return (nn.Dropout(node.Float("ratio", 0.5)), []);
            case "MaxPool" when !node.Wants(1) && SimplePool(node) is { } window:
                return (nn.MaxPool2d(Pair(window.Kernel), Pair(window.Stride), Pair(window.Begin), Pair(window.Dilation), window.Ceil), []);
            case "AveragePool" when SimplePool(node) is { } window && window.Dilation.All(value => value == 1):
                bool padded = node.Flag("count_include_pad");
                return (nn.AvgPool2d(Pair(window.Kernel), Pair(window.Stride), Pair(window.Begin), window.Ceil, count_include_pad: padded), []);
            default: return null;
        }
    }

    private static (nn.Module<Tensor, Tensor>, Dictionary<int, Func<Tensor>>)? Conv(NodeSettings node, Func<int, Constant?> constant)
    {
        if (constant(1) is not { Value: { } weight } kernel || !weight.is_floating_point() || (node.Has(2) && constant(2) is null)) return null;
        if (weight.dim() is < 3 or > 5) throw node.Unsupported($"has a weight of {weight.dim()} dimensions");
        var window = Convolutions.WindowOf(node);
        long groups = node.Integer("group", 1);
        bool fits = groups >= 1 && weight.shape[0] % groups == 0 && weight.shape[0] > 0 && weight.shape[1] > 0
            && window.Kernel.AsSpan().SequenceEqual(weight.shape.AsSpan(2)) && weight.shape[1] <= int.MaxValue / groups
            && (constant(2) is not { } given || given.Value.shape.SequenceEqual([weight.shape[0]]));
        if (!fits) throw node.Bad($"has a weight of shape {Check.Describe(weight.shape)}, {groups} groups and a bias that do not fit one another");
        if (!window.IsSymmetric || kernel.IsOwned) return null;

        // A layer made of the smallest weights, which are then replaced: nothing is drawn for the real ones.
        long channels = weight.shape[1] * groups;
        Convolution layer = window.Rank switch
        {
            1 => nn.Conv1d(
                channels, weight.shape[0], window.Kernel[0], window.Stride[0], window.Begin[0], window.Dilation[0], groups: groups, bias: node.Has(2),
                device: META),
            2 => nn.Conv2d(
                channels, weight.shape[0], Pair(window.Kernel), Pair(window.Stride), Pair(window.Begin), Pair(window.Dilation), groups: groups,
                bias: node.Has(2), device: META),
            _ => nn.Conv3d(
                channels, weight.shape[0], Triple(window.Kernel), Triple(window.Stride), Triple(window.Begin), Triple(window.Dilation),
                groups: groups, bias: node.Has(2), device: META),
        };
        layer.weight = Own(kernel);
        var weights = new Dictionary<int, Func<Tensor>> { [1] = () => layer.weight! };
        if (constant(2) is { } bias)
        {
            layer.bias = Own(bias);
            weights[2] = () => layer.bias!;
        }

        return (layer, weights);
    }

    private static (nn.Module<Tensor, Tensor>, Dictionary<int, Func<Tensor>>)? Gemm(NodeSettings node, Func<int, Constant?> constant)
    {
        bool simple = node.Float("alpha", 1) == 1 && node.Float("beta", 1) == 1 && !node.Flag("transA") && constant(0) is null;
        if (!simple || constant(1) is not { IsOwned: false } weight || weight.Value.dim() != 2 || !weight.Value.is_floating_point()) return null;
        bool turned = node.Flag("transB");
        long outputs = weight.Value.shape[turned ? 0 : 1];
        if (node.Has(2)
            && (constant(2) is not { IsOwned: false } c || c.Value.numel() != outputs || c.Value.dim() > 2 || c.Value.shape[^1] != outputs))
        {
            return null;
        }

        long[] shape = constant(2)?.Value.shape ?? [];
        var layer = Linear(weight, turned, constant(2));
        var weights = new Dictionary<int, Func<Tensor>> { [1] = () => turned ? layer.weight! : layer.weight!.t() };
        if (node.Has(2)) weights[2] = () => layer.bias!.reshape([.. shape[..^1], -1]);
        return (layer, weights);
    }

    private static (nn.Module<Tensor, Tensor>, Dictionary<int, Func<Tensor>>)? MatMul(NodeSettings node, Func<int, Constant?> constant)
    {
        if (constant(0) is not null || constant(1) is not { IsOwned: false } weight || weight.Value.dim() != 2 || !weight.Value.is_floating_point())
        {
            return null;
        }
        var layer = Linear(weight, turned: false, null);
        return (layer, new Dictionary<int, Func<Tensor>> { [1] = () => layer.weight!.t() });
    }

    private static Linear Linear(Constant weight, bool turned, Constant? bias)
    {
        var layer = nn.Linear(1, 1, hasBias: bias is not null, device: META);
        if (turned)
        {
            layer.weight = Own(weight);
        }
        else
        {
            using var t = weight.Value.t();
            layer.weight = new Parameter(t.contiguous());
        }

        if (bias is not null) layer.bias = bias.Value.dim() == 1 ? Own(bias) : new Parameter(bias.Value.reshape(-1).clone());
        return layer;
    }

    private static (nn.Module<Tensor, Tensor>, Dictionary<int, Func<Tensor>>)? BatchNorm(
        NodeSettings node, Func<int, Constant?> constant, int? rank)
    {
        if (node.OutputCount > 1 || node.Flag("training_mode") || !node.Flag("spatial", true)) return null;
        var all = Enumerable.Range(1, 4).Select(constant).ToArray();
        if (all.Any(value => value is null or { IsOwned: true } || value.Value.dim() != 1 || value.Value.shape[0] != all[0]?.Value.shape[0]))
        {
            return null;
        }
        if (all.Distinct().Count() < 4 || all[0]!.Value.dtype != ScalarType.Float32) return null;

        double epsilon = node.Float("epsilon", 1e-5), momentum = 1 - node.Float("momentum", 0.9);
        long features = all[0]!.Value.shape[0];
        BatchNorm? layer = rank switch
        {
            2 or 3 => nn.BatchNorm1d(features, epsilon, momentum),
            4 => nn.BatchNorm2d(features, epsilon, momentum),
            5 => nn.BatchNorm3d(features, epsilon, momentum),
            _ => null,
        };
        if (layer is null) return null;
        layer.weight = Own(all[0]!);
        layer.bias = Own(all[1]!);
        layer.running_mean = OwnBuffer(all[2]!);
        layer.running_var = OwnBuffer(all[3]!);
        return (layer, new Dictionary<int, Func<Tensor>>
        {
            [1] = () => layer.weight,
            [2] = () => layer.bias!,
            [3] = () => layer.running_mean!,
            [4] = () => layer.running_var!,
        });
    }

    private static Window? SimplePool(NodeSettings node)
    {
        node.Needs(1);
        var window = Window.Read(node, null);
        bool simple = window is { IsSymmetric: true, Rank: 2 }
            && window.Begin.Zip(window.Kernel).All(pair => pair.First <= pair.Second / 2);
        return simple ? window : null;
    }

    private static Parameter Own(Constant constant)
    {
        constant.IsOwned = true;
        return constant.Parameter;
    }

    private static Tensor OwnBuffer(Constant constant)
    {
        constant.IsOwned = true;
        return constant.Value;
    }

    private static (long, long) Pair(long[] values) => (values[0], values[1]);

    private static (long, long, long) Triple(long[] values) => (values[0], values[1], values[2]);
}

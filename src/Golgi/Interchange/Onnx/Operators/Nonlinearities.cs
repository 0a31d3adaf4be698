using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Nonlinearities, and the normalizations over classes.</summary>
internal static class Nonlinearities
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("Celu", node => Of(node, node.Float("alpha", 1), (x, alpha) => F.celu(x, alpha))),
        ("Elu", node => Of(node, node.Float("alpha", 1), (x, alpha) => F.elu(x, alpha))),
        ("Gelu", Gelu),
        ("HardSigmoid", HardSigmoid),
        ("HardSwish", node => Of(node, 0, (x, _) => F.hardswish(x))),
        ("Hardmax", node => OverClasses(node, Hardmax)),
        ("LeakyRelu", node => Of(node, node.Float("alpha", 0.01), (x, alpha) => F.leaky_relu(x, alpha))),
        ("LogSoftmax", node => OverClasses(node, (x, axis) => F.log_softmax(x, axis))),
        ("Mish", node => Of(node, 0, (x, _) => F.mish(x))),
        ("PRelu", PRelu),
        ("Relu", node => Of(node, 0, (x, _) => F.relu(x))),
        ("Selu", Selu),
        ("Shrink", Shrink),
        ("Sigmoid", node => Of(node, 0, (x, _) => x.sigmoid())),
        ("Softmax", node => OverClasses(node, (x, axis) => F.softmax(x, axis))),
        ("Softplus", node => Of(node, 0, (x, _) => F.softplus(x))),
        ("Softsign", node => Of(node, 0, (x, _) => F.softsign(x))),
        ("ThresholdedRelu", node => Of(node, node.Float("alpha", 1), (x, alpha) => x.mul(x.gt(alpha).to(x.dtype)))),
    ];

    private static Kernel Of(NodeSettings node, double setting, Func<Tensor, double, Tensor> function)
    {
        node.Needs(1);
        return (inputs, _) => [function(inputs[0]!, setting)];
    }

    private static Kernel Gelu(NodeSettings node)
    {
        node.Needs(1);
        return node.Text("approximate", "none") switch
        {
            "none" => (inputs, _) => [F.gelu(inputs[0]!)],
            "tanh" => (inputs, _) => [TanhGelu(inputs[0]!)],
            var other => throw node.Bad($"approximates by '{other}', not none or tanh"),
        };
    }

    private static Tensor TanhGelu(Tensor x) =>
        0.5 * x * (1 + (Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x.pow(3)))).tanh());

    private static Kernel HardSigmoid(NodeSettings node)
    {
        double alpha = node.Float("alpha", 0.2), beta = node.Float("beta", 0.5);
        return Of(node, 0, (x, _) => x.mul(alpha).add(beta).clamp(0, 1));
    }

    private static Kernel PRelu(NodeSettings node)
    {
        node.Needs(2);
        return (inputs, _) => [where(inputs[0]!.ge(0), inputs[0]!, inputs[0]!.mul(inputs[1]!))];
    }

    private static Kernel Selu(NodeSettings node)
    {
        double alpha = node.Float("alpha", 1.67326319217681884765625), gamma = node.Float("gamma", 1.05070102214813232421875);
        return Of(node, 0, (x, _) => F.elu(x, alpha).mul(gamma));
    }

    private static Kernel Shrink(NodeSettings node)
    {
        double bias = node.Float("bias", 0), lambda = node.Float("lambd", 0.5);
        return Of(node, 0, (x, _) => where(x.lt(-lambda), x.add(bias), where(x.gt(lambda), x.sub(bias), zeros_like(x))));
    }

    // Before version 13 everything from the axis on is one set of classes; from 13 on the axis alone.
    private static Kernel OverClasses(NodeSettings node, Func<Tensor, long, Tensor> function)
    {
        node.Needs(1);
        if (node.Version >= 13)
        {
            long axis = node.Integer("axis", -1);
            return (inputs, _) => [function(inputs[0]!, axis)];
        }

        long first = node.Integer("axis", 1);
        return (inputs, _) =>
        {
            var x = inputs[0]!;
            long[] shape = x.shape;
            int start = Axis.Cut(first, shape.Length);
            if (shape.Skip(start + 1).All(size => size == 1) && start < shape.Length) return [function(x, start)];
            long rows = shape.Take(start).Aggregate(1L, (a, b) => a * b);
            return [function(x.reshape(rows, shape.Skip(start).Aggregate(1L, (a, b) => a * b)), 1).reshape(shape)];
        };
    }

    private static Tensor Hardmax(Tensor x, long axis)
    {
        var best = x.argmax(axis, keepdim: true);
        return zeros_like(x).scatter(axis, best, ones_like(best, x.dtype));
    }
}

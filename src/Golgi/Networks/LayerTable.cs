using Golgi.Networks.Layers;
using Golgi.Networks.Taps;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Networks;

/// <summary>The layers of a network with their sizes and costs.</summary>
/// <param name="InputShape">The shape of one input.</param>
/// <param name="Layers">The layers that hold no other layers, in the network's order.</param>
public sealed record LayerTable(IReadOnlyList<long> InputShape, IReadOnlyList<LayerRow> Layers)
{
    /// <summary>All parameters of the network.</summary>
    public long Parameters { get; } = Layers.Sum(layer => layer.Parameters);

    /// <summary>All multiply-adds for one input.</summary>
    public long MultiplyAdds { get; } = Layers.Sum(layer => layer.MultiplyAdds);

    /// <summary>The names of layers of some roles, in order.</summary>
    public IReadOnlyList<string> Named(params LayerRole[] roles) =>
    [
        .. Layers.Where(layer => layer.OutputShape.Count > 0 && roles.Contains(layer.Role)).Select(layer => layer.Name),
    ];

    /// <summary>Measures a network by running it once on an input of zeros.</summary>
    /// <param name="network">Any network; borrowed, its mode is put back.</param>
    /// <param name="inputShape">The shape of one input: [C, H, W] or [F].</param>
    /// <exception cref="System.Runtime.InteropServices.ExternalException">The network does not take inputs of this
    /// shape.</exception>
    public static LayerTable Of(nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputShape);
        var seen = new HashSet<IntPtr>();
        var leaves = ModuleTree.Walk(network)
            .Where(entry => !entry.Module.children().Any() || entry.Module.named_parameters(recurse: false).Any())
            .ToArray();
        var calls = new Dictionary<nn.Module, (long[] Output, long MultiplyAdds)>();
        Run(network, inputShape, leaves, calls);
        return new LayerTable(
            inputShape,
            [
                .. leaves.Select(entry =>
                    Row(entry.Name, entry.Module, calls.GetValueOrDefault(entry.Module, ([], 0)), seen)),
            ]);
    }

    private static void Run(
        nn.Module<Tensor, Tensor> network,
        IReadOnlyList<long> inputShape,
        (string Name, nn.Module Module)[] leaves,
        Dictionary<nn.Module, (long[] Output, long MultiplyAdds)> calls)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(network);
        var hooks = new List<LayerHook>();
        try
        {
            foreach (var (name, module) in leaves)
            {
                if (!LayerHook.Fits(module)) continue;
                hooks.Add(LayerHook.Attach(module, name, (input, output) =>
                {
                    long before = calls.GetValueOrDefault(module).MultiplyAdds;
                    calls[module] = (output.shape[1..], before + Cost(module, input, output));
                    return null;
                }));
            }

            var example = network.parameters().FirstOrDefault();
            network.call(zeros([1, .. inputShape], example?.dtype ?? ScalarType.Float32, example?.device ?? CPU));
        }
        finally
        {
            foreach (var hook in hooks) hook.Dispose();
        }
    }

    private static LayerRow Row(
        string name, nn.Module module, (long[] Output, long MultiplyAdds) call, HashSet<IntPtr> seen)
    {
        long parameters = module.parameters(recurse: false).Where(p => seen.Add(p.Handle)).Sum(p => p.numel());
        return new LayerRow(
            name,
            module.GetType().Name,
            Role(module),
            call.Output,
            Kernel(module)?.shape ?? [],
            parameters,
            call.MultiplyAdds);
    }

    private static Tensor? Kernel(nn.Module module) =>
        module.named_parameters(recurse: false).Select(entry => entry.parameter).FirstOrDefault(p => p.dim() >= 2);

    /// <summary>Each output of a convolution or a matrix is the product of one filter [in, ...] with as many inputs; a
    /// transposed convolution turns that round.</summary>
    private static long Cost(nn.Module module, Tensor? input, Tensor output)
    {
        if (Role(module) is not LayerRole.Linear || Kernel(module) is not { } kernel) return 0;
        var places = module is ConvTranspose1d or ConvTranspose2d or ConvTranspose3d ? input : output;
        return (places?.numel() ?? 0) * (kernel.numel() / kernel.shape[0]);
    }

    private static LayerRole Role(nn.Module module) => module switch
    {
        Linear or Conv1d or Conv2d or Conv3d or UntiedConvolution => LayerRole.Linear,
        ConvTranspose1d or ConvTranspose2d or ConvTranspose3d => LayerRole.Linear,
        BatchNorm1d or BatchNorm2d or BatchNorm3d or LayerNorm or GroupNorm => LayerRole.Normalization,
        InstanceNorm1d or InstanceNorm2d or InstanceNorm3d => LayerRole.Normalization,
        ReLU or ReLU6 or LeakyReLU or ELU or SELU or GELU or SiLU or Mish => LayerRole.Nonlinearity,
        Tanh or Sigmoid or Softplus or Hardswish or Hardsigmoid or Softmax or LogSoftmax => LayerRole.Nonlinearity,
        MaxPool1d or MaxPool2d or MaxPool3d or AvgPool1d or AvgPool2d or AvgPool3d => LayerRole.Pooling,
        AdaptiveAvgPool1d or AdaptiveAvgPool2d or AdaptiveAvgPool3d => LayerRole.Pooling,
        AdaptiveMaxPool1d or AdaptiveMaxPool2d or AdaptiveMaxPool3d => LayerRole.Pooling,
        Flatten or Unflatten or Identity or Dropout or Dropout2d => LayerRole.Passage,
        _ => LayerRole.Other,
    };
}

using Golgi.Networks;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>Where a network's logits are read: its output or, where that is a softmax, the layer before it.</summary>
public sealed class LogitSource
{
    private const double Tolerance = 1e-4; // float32 softmax of up to thousands of classes
    private readonly string? layer;

    private LogitSource(string? layer, int classes)
    {
        this.layer = layer;
        Classes = classes;
    }

    /// <summary>How many classes the network tells apart.</summary>
    public int Classes { get; }

    /// <summary>The layer that holds the logits; empty where the output does.</summary>
    public IReadOnlyList<string> Layers => layer is null ? [] : [layer];

    /// <summary>Looks at one pass: if the output adds up to one and is the softmax of a layer's output, that layer
    /// holds the logits.</summary>
    /// <param name="specimen">The network; borrowed. It is left as it was.</param>
    public static LogitSource Find(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var frozen = new Frozen(specimen.Network);
        float[] values = new float[specimen.InputShape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++) values[i] = 128 + (100 * MathF.Sin(i * 0.7f));
        var input = (specimen.Preprocessing with { ShorterSide = 0, Crop = 0 }).Apply(
            tensor(values).reshape([1, .. specimen.InputShape]));
        using var tap = new ActivationTap(specimen.Network, specimen.LayerNames);
        var output = tap.Run(input).flatten(1);
        int classes = (int)output.shape[1];
        bool sums = output.ge(0).all().item<bool>() && Math.Abs(output.sum().item<float>() - 1) < Tolerance;
        if (!sums || classes == 1) return new LogitSource(null, classes);
        foreach (string name in specimen.LayerNames.Reverse())
        {
            Tensor given;
            try
            {
                given = tap[name].flatten(1);
            }
            catch (InvalidOperationException)
            {
                continue; // a layer that this pass did not call
            }

            if (given.shape[1] == classes && (given.softmax(1) - output).abs().max().item<float>() < Tolerance
                && (given - output).abs().max().item<float>() > Tolerance)
            {
                return new LogitSource(name, classes);
            }
        }

        return new LogitSource(null, classes);
    }

    /// <summary>The logits, [views · N, classes].</summary>
    public Tensor Read(ForwardPass pass) => (layer is null ? pass.Output : pass[layer]).flatten(1);
}

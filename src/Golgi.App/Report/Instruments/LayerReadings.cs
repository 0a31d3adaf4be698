using Golgi.Data;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.App.Report.Instruments;

/// <summary>What layers say of one and the same examples, whitened, so that any two can be compared.</summary>
internal static class LayerReadings
{
    private const int Most = 1000;
    private const int Batch = 250;
    private const int Side = 4; // maps are averaged over a grid of so many places a side

    /// <summary>How many of some examples are read.</summary>
    public static long Count(Examples examples) => Math.Min(Most, examples.Count);

    /// <summary>Reads layers.</summary>
    /// <returns>One per layer, in order; null for a layer that says the same of every example. The caller owns them.</returns>
    public static IReadOnlyList<Basis?> Read(Subject subject, IReadOnlyList<string> layers, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var specimen = subject.Specimen;
        var examples = specimen.Data!.Train;
        using var tap = new ActivationTap(specimen.Network, layers);
        var rows = layers.ToDictionary(layer => layer, _ => new List<Tensor>());
        long count = Count(examples);
        for (long at = 0; at < count; at += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            var raw = examples.Read(arange(at, Math.Min(at + Batch, count)));
            tap.Run(specimen.Preprocessing.Apply(raw.to(subject.Device)));
            foreach (string layer in layers) rows[layer].Add(Row(tap[layer]).cpu());
        }

        return [.. layers.Select(layer => Whiten(cat(rows[layer])))];
    }

    private static Tensor Row(Tensor activations) =>
        activations.dim() == 4 && activations.shape[2] > Side
            ? nn.functional.adaptive_avg_pool2d(activations, [Side, Side]).flatten(1)
            : activations.flatten(1).clone();

    private static Basis? Whiten(Tensor rows) => rows.std(0).max().item<float>() > 0 ? Basis.Of(rows) : null;
}

using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Networks.Taps;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Inspection.Ablation;

/// <summary>Silences the units of a layer one at a time and measures what the network loses: what it uses, as against what
/// could be read off it.</summary>
/// <remarks>A unit is silenced by setting its activations to 0 at every place. Units that stand in for each other hide each
/// other: neither alone is missed.</remarks>
public static class UnitAblation
{
    /// <summary>Measures a layer. Takes as many passes over the examples as there are units, and one more.</summary>
    /// <param name="specimen">The network, with logits [N, classes]. Borrowed.</param>
    /// <param name="examples">Borrowed.</param>
    /// <param name="layer">A dotted name; the layer's output is [N, units, ...].</param>
    /// <param name="most">At most this many units, the first ones.</param>
    /// <param name="options">Batch, limit, device; null: the defaults.</param>
    /// <exception cref="ArgumentException">The layer is not known or has no units, or there are no examples.</exception>
    public static LayerEffects Measure(
        Specimen specimen,
        Examples examples,
        string layer,
        int most = int.MaxValue,
        PassOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        Check.Positive(most);
        using var scope = NewDisposeScope();
        long silent = -1, units = 0, seen = 0;
        Tensor? sums = null; // [1 + units, (correct, loss)], the whole network first
        using var change = Intervention.Edit(specimen.Network, layer, output =>
        {
            Check.Shape(output, "[N, U, ...]", $"The output of '{layer}'");
            units = Math.Min(output.shape[1], most);
            if (silent < 0) return output.alias();
            var edited = output.clone();
            using var unit = edited.select(1, silent);
            unit.zero_();
            return edited;
        });
        ExamplePass.Run(
            specimen,
            examples,
            options,
            "silencing units",
            (indices, inputs) =>
            {
                var labels = examples.Labels.index_select(0, indices).to(inputs.device);
                silent = -1;
                var rows = new List<Tensor> { Score(specimen.Network, inputs, labels) };
                for (silent = 0; silent < units; silent++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    rows.Add(Score(specimen.Network, inputs, labels));
                }

                var batch = stack(rows);
                sums = (sums is null ? batch : sums + batch).MoveToOuterDisposeScope();
                seen += indices.shape[0];
            },
            progress,
            cancellation);
        return Finish(layer, sums!.cpu(), seen);
    }

    /// <summary>How many are right, and the summed cross-entropy: float64 [2].</summary>
    private static Tensor Score(nn.Module<Tensor, Tensor> network, Tensor inputs, Tensor labels)
    {
        using var scope = NewDisposeScope();
        var logits = network.call(inputs).flatten(1).to(ScalarType.Float64);
        var right = logits.argmax(1).eq(labels).sum().to(ScalarType.Float64);
        var loss = nn.functional.cross_entropy(logits, labels, reduction: nn.Reduction.Sum);
        return stack([right, loss]).MoveToOuterDisposeScope();
    }

    private static LayerEffects Finish(string layer, Tensor sums, long seen)
    {
        double[] values = [.. sums.flatten().data<double>()];
        double loss = values[1] / seen;
        return new LayerEffects(
            layer,
            new Proportion((long)values[0], seen),
            loss,
            [
                .. Enumerable.Range(1, (values.Length / 2) - 1).Select(row => new UnitEffect(
                    row - 1, new Proportion((long)values[2 * row], seen), (values[(2 * row) + 1] / seen) - loss)),
            ]);
    }
}

using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks.Taps;
using Golgi.Networks;
using Golgi.Training.Tasks;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Inspection.Ablation;

/// <summary>Silences the units of a layer one at a time and measures what the network loses: what it uses, as against what
/// could be read off it.</summary>
/// <remarks>A unit is silenced by setting its activations to 0 at every place. Units that stand in for each other hide each
/// other: neither alone is missed.</remarks>
public static class UnitAblation
{
    /// <summary>Measures a layer. Takes as many passes over the examples as there are units, and one more.</summary>
    /// <param name="specimen">The network, whose outputs are what the examples' usual task needs. Borrowed.</param>
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
        Tensor? sums = null; // [1 + units, the task's sums], the whole network first
        var task = LearningTask.For(examples);
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
                var targets = examples.Targets.Read(indices).to(inputs.device);
                silent = -1;
                var rows = new List<Tensor> { Score(task, specimen.Network, inputs, targets) };
                for (silent = 0; silent < units; silent++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    rows.Add(Score(task, specimen.Network, inputs, targets));
                }

                var batch = stack(rows);
                sums = (sums is null ? batch : sums + batch).MoveToOuterDisposeScope();
                seen += indices.shape[0];
            },
            progress,
            cancellation);
        return Finish(task, layer, sums!.cpu(), seen);
    }

    /// <summary>The task's sums over a batch.</summary>
    private static Tensor Score(LearningTask task, nn.Module<Tensor, Tensor> network, Tensor inputs, Tensor targets)
    {
        using var scope = NewDisposeScope();
        return task.Tally(network.call(inputs), targets).MoveToOuterDisposeScope();
    }

    private static LayerEffects Finish(LearningTask task, string layer, Tensor sums, long seen)
    {
        int each = (int)sums.shape[1];
        Evaluation[] found = [.. sums.flatten().data<double>().ToArray().Chunk(each).Select(row => task.Evaluation(seen, task.Values(row, seen)))];
        var whole = found[0];
        return new LayerEffects(
            layer, whole, [.. found.Skip(1).Select((without, unit) => new UnitEffect(unit, without, without.Loss - whole.Loss))]);
    }
}

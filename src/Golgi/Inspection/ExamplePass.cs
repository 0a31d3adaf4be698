using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>One streaming pass of a network over examples: in evaluation mode, without gradients, batch by
/// batch.</summary>
internal static class ExamplePass
{
    /// <summary>What is done with a batch, in a dispose scope of its own.</summary>
    /// <param name="indices">int64 [n] on the CPU: which examples these are.</param>
    /// <param name="inputs">Prepared, [n, ...], on the pass's device.</param>
    public delegate void Visit(Tensor indices, Tensor inputs);

    /// <summary>Runs a pass. The visitor runs the network itself, so that a pass may also do without it.</summary>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    public static void Run(
        Specimen specimen,
        Examples examples,
        PassOptions? options,
        string task,
        Visit visit,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0) throw new ArgumentException("There are no examples to look at.", nameof(examples));
        options ??= new PassOptions();
        var device = options.Device ?? specimen.Device;
        using var mode = new EvaluationMode(specimen.Network);
        using var order = Order(examples.Count, options.Limit);
        long count = order.shape[0];
        for (long start = 0; start < count; start += options.Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var indices = order.narrow(0, start, Math.Min(options.Batch, count - start));
            visit(indices, specimen.Preprocessing.Apply(examples.Read(indices).to(device)));
            progress?.Report(new WorkProgress(task, start + indices.shape[0], count));
        }
    }

    /// <summary>The examples of a pass: all, or so many at equal distances, because sets may be sorted by
    /// class.</summary>
    private static Tensor Order(long count, long? limit)
    {
        if (limit is not { } most || most >= count) return arange(count, ScalarType.Int64);
        using var numbers = arange(most, ScalarType.Int64);
        using var scaled = numbers * count;
        return scaled.div(most, RoundingMode.floor).DetachFromDisposeScope();
    }
}

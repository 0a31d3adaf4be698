using Golgi.Data;
using Golgi.Networks;
using Golgi.Training.Tasks;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>Measures a network on examples, in evaluation mode and without gradients.</summary>
public static class Evaluator
{
    /// <summary>The metrics of the task that is usual for examples, as a specimen prepares them and where it lives.</summary>
    /// <param name="specimen">Borrowed.</param>
    /// <param name="examples">Borrowed.</param>
    /// <param name="batch">Examples at a time.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    public static Evaluation Evaluate(Specimen specimen, Examples examples, int batch = 500, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        return Evaluate(
            LearningTask.For(examples), specimen.Network, examples, specimen.Preprocessing, specimen.Device, batch, cancellation);
    }

    /// <summary>A task's metrics over all examples, in their order.</summary>
    /// <param name="task">What is measured; <see cref="LearningTask.For"/> gives what is usual for the examples.</param>
    /// <param name="network">Borrowed; its training mode is put back afterwards.</param>
    /// <param name="examples">Borrowed.</param>
    /// <param name="preprocessing">From raw inputs to what the network sees.</param>
    /// <param name="device">Where the network lives; the CPU by default.</param>
    /// <param name="batch">Examples at a time.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">There are no examples, or their targets are not the task's.</exception>
    public static Evaluation Evaluate(
        LearningTask task,
        nn.Module<Tensor, Tensor> network,
        Examples examples,
        Preprocessing preprocessing,
        Device? device = null,
        int batch = 500,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0) throw new ArgumentException("There are no examples to evaluate on.", nameof(examples));
        if (examples.Targets.Kind != task.Outputs)
        {
            throw new ArgumentException(
                $"The examples' targets are {examples.Targets.Kind}; {task.Name} needs {task.Outputs}.", nameof(examples));
        }

        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(network);
        Tensor? sums = null;
        for (long start = 0; start < examples.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var indices = arange(start, Math.Min(start + batch, examples.Count));
            var outputs = network.call(preprocessing.Apply(examples.Read(indices).to(device ?? CPU)));
            var tally = task.Tally(outputs, examples.Targets.Read(indices).to(device ?? CPU));
            sums = sums is null ? tally.MoveToOuterDisposeScope() : sums.add_(tally);
        }

        double[] total = sums!.cpu().data<double>().ToArray();
        return task.Evaluation(examples.Count, task.Values(total, examples.Count));
    }
}

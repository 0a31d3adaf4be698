using Golgi.Data;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>Measures a network on examples, in evaluation mode and without gradients.</summary>
public static class Evaluator
{
    /// <summary>Accuracy and loss over all examples, in their order.</summary>
    /// <param name="network">Borrowed; its training mode is put back afterwards.</param>
    /// <param name="examples">Borrowed.</param>
    /// <param name="preprocessing">From raw inputs to what the network sees.</param>
    /// <param name="device">Where the network lives; the CPU by default.</param>
    /// <param name="batch">Examples at a time.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">There are no examples.</exception>
    public static Evaluation Evaluate(
        nn.Module<Tensor, Tensor> network,
        Examples examples,
        Preprocessing preprocessing,
        Device? device = null,
        int batch = 500,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        if (examples.Count == 0) throw new ArgumentException("There are no examples to evaluate on.", nameof(examples));

        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(network);
        var sums = zeros(3, ScalarType.Float64, device ?? CPU); // correct, top 5, loss
        for (long start = 0; start < examples.Count; start += batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var indices = arange(start, Math.Min(start + batch, examples.Count));
            var outputs = network.call(preprocessing.Apply(examples.Read(indices).to(device ?? CPU)));
            sums.add_(Sums(outputs, examples.Labels.index_select(0, indices).to(device ?? CPU)));
        }

        double[] total = sums.cpu().data<double>().ToArray();
        return new Evaluation(examples.Count, (long)total[0], total[2] / examples.Count, (long)total[1]);
    }

    private static Tensor Sums(Tensor outputs, Tensor labels)
    {
        var logits = outputs.flatten(1).to(ScalarType.Float64);                     // [n, classes]
        var own = logits.gather(1, labels.unsqueeze(1));                            // [n, 1]
        var top = logits.topk((int)Math.Min(5, logits.shape[1]), 1).indexes;        // [n, 5]
        var hits = top.eq(labels.unsqueeze(1));
        var loss = logits.logsumexp(1).sub(own.squeeze(1)).sum();
        return stack([hits.select(1, 0).sum().to(ScalarType.Float64), hits.sum().to(ScalarType.Float64), loss]);
    }
}

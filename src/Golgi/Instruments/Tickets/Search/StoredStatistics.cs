using Golgi.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>The running means and variances of batch normalization, measured anew for weights that no training has led to.</summary>
internal static class StoredStatistics
{
    private const int Batches = 20, Size = 100;

    /// <summary>Replaces them by those of the first training examples; nothing happens to a network without such layers.</summary>
    /// <remarks>The network's momentum stays what it is: after n batches the statistics are those of all n, each with the same weight.</remarks>
    public static void Measure(nn.Module<Tensor, Tensor> network, DataSet data, Device target)
    {
        NormBase[] layers = [.. network.modules().OfType<NormBase>().Where(layer => layer.running_mean is not null)];
        if (layers.Length == 0) return;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        network.train();
        var buffers = layers.SelectMany(layer => new[] { layer.running_mean!, layer.running_var! }).ToArray();
        var sums = buffers.Select(buffer => zeros_like(buffer)).ToArray();
        long batches = Math.Clamp(data.Train.Count / Size, 1, Batches);
        for (long i = 0; i < batches; i++)
        {
            using var step = NewDisposeScope();
            foreach (var layer in layers) layer.reset_running_stats();              // mean 0, variance 1
            var indices = arange(i * Size, Math.Min(data.Train.Count, (i + 1) * Size));
            network.call(data.Preprocessing.Apply(data.Train.Read(indices).to(target)));
            foreach (var (sum, buffer) in sums.Zip(buffers)) sum.add_(buffer);
        }

        foreach (var layer in layers) layer.reset_running_stats();
        double momentum = layers[0].momentum ?? 1;
        foreach (var (sum, buffer) in sums.Zip(buffers))
        {
            // One update from the reset value r gives (1 − μ) r + μ x: the mean of x follows from the mean of the updates.
            using var step = NewDisposeScope();
            buffer.copy_((sum / batches) - (buffer * (1 - momentum))).div_(momentum);
        }

        network.eval();
    }
}

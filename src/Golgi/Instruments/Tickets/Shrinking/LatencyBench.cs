using System.Diagnostics;
using Golgi.Foundation;
using Golgi.Numerics.Statistics;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Latency of a pruned network as it is, shrunk, and with sparse matrices.</summary>
public static class LatencyBench
{
    /// <summary>Measures forward passes, the networks in turn, so that what else the machine does falls on all of them.</summary>
    /// <param name="networks">By name; the first is what others are compared with. Borrowed, left in evaluation mode.</param>
    /// <param name="input">A batch, [N, ...]. Borrowed.</param>
    /// <param name="rounds">Measurements of each; the interval is over them.</param>
    /// <param name="cancellation">Stops between rounds.</param>
    public static IReadOnlyList<Latency> Measure(
        IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Network)> networks, Tensor input, int rounds = 20,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        Check.Positive(rounds);
        using var _ = no_grad();
        int[] passes = [.. networks.Select(entry => Passes(entry.Network, input))];
        var times = networks.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < rounds; round++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < networks.Count; i++) times[i].Add(Time(networks[i].Network, input, passes[i]));
        }

        return
        [
            .. networks.Zip(times, (entry, measured) =>
            {
                var ratio = Interval.Of(times[0].Zip(measured, (whole, own) => whole / own));
                return new Latency(entry.Name, input.shape[0], Interval.Of(measured), ratio, ratio.Low > 1);
            }),
        ];
    }

    /// <summary>The network with the weights of its linear layers as sparse matrices; other layers are shared.</summary>
    /// <param name="network">Layers in a row.</param>
    /// <returns>The caller owns it; the layers that it shares stay the network's.</returns>
    internal static nn.Module<Tensor, Tensor> Sparse(nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new SparseSequence([.. network.named_children().Select(child => child.module)]);
    }

    /// <summary>So many passes that one measurement takes about 20 ms.</summary>
    private static int Passes(nn.Module<Tensor, Tensor> network, Tensor input)
    {
        network.eval();
        Time(network, input, 3);
        return Math.Clamp((int)(0.02 / Time(network, input, 3)), 1, 1000);
    }

    private static double Time(nn.Module<Tensor, Tensor> network, Tensor input, int passes)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < passes; i++) network.call(input).Dispose();
        return Stopwatch.GetElapsedTime(begin).TotalSeconds / passes;
    }

    private sealed class SparseSequence : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module[] layers;
        private readonly Dictionary<nn.Module, (Tensor Weight, Tensor? Bias)> sparse = [];

        public SparseSequence(nn.Module[] layers)
            : base(nameof(SparseSequence))
        {
            this.layers = layers;
            using var _ = no_grad();
            foreach (var layer in layers.OfType<Linear>())
            {
                sparse[layer] =
                    (layer.weight!.detach().to_sparse().DetachFromDisposeScope(), layer.bias?.detach().unsqueeze(1).DetachFromDisposeScope());
            }
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = input;
            foreach (var layer in layers)
            {
                if (!sparse.TryGetValue(layer, out var matrix)) x = ((nn.Module<Tensor, Tensor>)layer).call(x);
                else
                {
                    var product = matrix.Weight.mm(x.t());
                    x = (matrix.Bias is null ? product : product.add_(matrix.Bias)).t();
                }
            }

            return x.MoveToOuterDisposeScope();
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var (weight, bias) in sparse.Values)
            {
                weight.Dispose();
                bias?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

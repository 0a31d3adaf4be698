using Golgi.Data;
using Golgi.Numerics.Random;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>Importance of weights before training, from gradients: SNIP, GraSP, SynFlow, and the gradient itself.</summary>
/// <remarks>Lee, Ajanthan and Torr 2019 (arXiv 1810.02340); Wang, Zhang and Grosse 2020 (arXiv 2002.07376);
/// Tanaka, Kunin, Yamins and Ganguli 2020 (arXiv 2006.05467).</remarks>
internal static class Saliency
{
    /// <summary>Examples in the batch that gradients are taken on.</summary>
    public const int BatchSize = 128;

    private const double Temperature = 200; // GraSP's, on logits; other outputs have none
    private const int FlowRounds = 100;

    /// <summary>Saliencies at a network's present weights.</summary>
    /// <param name="criterion"><c>grad</c>, <c>snip</c>, <c>grasp</c> or <c>synflow</c>.</param>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="seed">Of the network, and of the choice of the batch.</param>
    /// <param name="start">The weights, [D]; pruned ones 0.</param>
    /// <param name="mask">What is kept.</param>
    /// <param name="rates">The round's rates, which SynFlow divides into a hundred rounds.</param>
    /// <returns>[D]; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such saliency.</exception>
    public static Tensor Of(string criterion, Blueprint blueprint, long seed, Tensor start, Mask mask, PruningRates rates)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(seed);
        if (criterion == "synflow") return Flow(network, blueprint, seed, start, mask, rates).MoveToOuterDisposeScope();
        using var weights = new WeightVector(network);
        using (no_grad()) weights.Values.copy_(start);
        var loss = Loss(network, blueprint, seed, criterion == "grasp" ? Temperature : 1);
        switch (criterion)
        {
            case "grad":
                loss.backward();
                return weights.Gradient.abs().MoveToOuterDisposeScope();
            case "snip":
                loss.backward();
                return (weights.Gradient * weights.Values.detach()).abs().MoveToOuterDisposeScope();
            case "grasp":
                return HessianTimesGradient(network, weights, loss).MoveToOuterDisposeScope();
            default:
                throw new ArgumentException($"No saliency '{criterion}'. Known: grad, snip, grasp, synflow.", nameof(criterion));
        }
    }

    private static Tensor Loss(nn.Module<Tensor, Tensor> network, Blueprint blueprint, long seed, double temperature)
    {
        var data = blueprint.Data;
        using var batches = new Batches(data.Train, data.Preprocessing, (int)Math.Min(BatchSize, data.Train.Count), seed);
        var (inputs, targets) = batches.Read(0);
        network.train();
        var outputs = network.call(inputs);
        return blueprint.Task.Loss(blueprint.Task.Outputs == OutputKind.Classes ? outputs / temperature : outputs, targets);
    }

    /// <summary>w ⊙ Hg. Removing a weight changes ½ |g|² by −w (Hg), so the weights with the largest w (Hg) are kept.</summary>
    private static Tensor HessianTimesGradient(nn.Module<Tensor, Tensor> network, WeightVector weights, Tensor loss)
    {
        var parameters = network.parameters().Where(parameter => parameter.requires_grad).ToArray();
        var gradients = autograd.grad([loss], parameters, retain_graph: true, create_graph: true);
        var product = gradients.Select(g => (g * g.detach()).sum()).Aggregate((a, b) => a + b);
        weights.ZeroGradient();
        product.backward();
        return weights.Gradient * weights.Values.detach();
    }

    /// <summary>|θ ∂R/∂θ| with R the summed output of the network with |θ| on an input of ones; in float64, in evaluation mode. A weight's
    /// result is the round in which it would go, so that keeping the largest keeps what all rounds leave.</summary>
    private static Tensor Flow(
        nn.Module<Tensor, Tensor> network, Blueprint blueprint, long seed, Tensor start, Mask mask, PruningRates rates)
    {
        network.to(ScalarType.Float64);
        using var weights = new WeightVector(network);
        network.eval();
        using (no_grad())
        {
            foreach (var (_, buffer) in network.named_buffers()) buffer.abs_();
        }

        var magnitude = start.to(ScalarType.Float64).abs();
        var inputs = ones([1, .. blueprint.Data.InputShape], ScalarType.Float64);
        var perRound = rates.Rounds(1.0 / FlowRounds);
        var result = zeros_like(magnitude);
        var left = mask;
        for (int round = 0; round < FlowRounds; round++)
        {
            using var inner = NewDisposeScope();
            using (no_grad()) weights.Values.copy_(magnitude * left.Kept);
            weights.ZeroGradient();
            network.call(inputs).sum().backward();
            var flow = (weights.Gradient * weights.Values.detach()).abs();
            var next = perRound.Prune(left, flow, new Philox((ulong)seed, (ulong)round));
            if (round == FlowRounds - 1) result.add_((flow / flow.max().clamp_min(double.Epsilon)).masked_fill(next.Kept.logical_not(), 0));
            result.add_(next.Kept.to(ScalarType.Float64));
            if (round > 0) left.Dispose();
            next.Kept.DetachFromDisposeScope();
            left = next;
        }

        left.Dispose();
        return result.to(start.dtype);
    }
}

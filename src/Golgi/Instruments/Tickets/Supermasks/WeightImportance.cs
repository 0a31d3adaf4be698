using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Numerics.Random;
using Golgi.Training.Tasks;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Which weights of a trained network matter, without training again. Accuracies in [0, 1].</summary>
/// <param name="Whole">The network's own accuracy.</param>
/// <param name="Curve">With fewer and fewer weights in all layers.</param>
/// <param name="Layers">With one layer thinned to a tenth.</param>
public sealed record WeightImportance(double Whole, IReadOnlyList<ImportancePoint> Curve, IReadOnlyList<LayerImportance> Layers)
{
    private const double Tenth = 0.9;
    private static readonly int[] Powers = [2, 4, 6, 8, 10, 13, 16, 20];

    /// <summary>Measures a network.</summary>
    /// <param name="network">Changed while it is measured and put back, bit for bit.</param>
    /// <param name="examples">What accuracy is measured on. Borrowed.</param>
    /// <param name="preprocessing">From raw inputs to what the network sees.</param>
    /// <param name="first">The first weights, in the order of the network's trainable parameters, [D]; null where they are not known.</param>
    /// <param name="target">Where the network lives.</param>
    /// <param name="progress">Measurements done.</param>
    /// <param name="cancellation">Stops between them.</param>
    /// <exception cref="ArgumentException">The network has no kernel, or another number of weights than <paramref name="first"/>.</exception>
    public static WeightImportance Measure(
        nn.Module<Tensor, Tensor> network,
        Examples examples,
        Preprocessing preprocessing,
        Tensor? first,
        Device target,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var weights = new WeightVector(network);
        if (first is not null) Check.SameShape(weights.Values, first);
        using var all = new Mask(weights);
        var own = weights.Values.clone();
        int done = 0, total = 1 + Powers.Length + all.Layers.Count;
        double Accuracy(Tensor values, Tensor kept)
        {
            weights.Values.copy_(values).mul_(kept);
            return Evaluator.Evaluate(LearningTask.For(examples), network, examples, preprocessing, target, cancellation: cancellation).Primary;
        }

        T Counted<T>(T value)
        {
            progress?.Report(new WorkProgress("weights that matter", ++done, total));
            return value;
        }

        try
        {
            double whole = Counted(Accuracy(own, all.Kept));
            var signs = TicketScale.Under(weights, own, all.Layers, TicketWeights.SignedConstant);
            var constants = first is null ? null : TicketScale.Under(weights, first, all.Layers, TicketWeights.SignedConstant);
            ImportancePoint Point(int power)
            {
                using var mask = Cut("large-final", all, own, first ?? own, power);
                using var same = first is null ? null : Cut("large-final-same-sign", all, own, first, power);
                return new ImportancePoint(
                    mask.Remaining, Accuracy(own, mask.Kept), Accuracy(signs, mask.Kept), same is null ? null : Accuracy(constants!, same.Kept));
            }

            LayerImportance Thinned(Segment layer)
            {
                using var mask = all.KeepLargest(
                    own.abs(), [.. all.Layers.Select(one => one == layer ? one.Length - (long)(Tenth * one.Length) : one.Length)], new Philox(0));
                return new LayerImportance(layer.Name, layer.Length, Accuracy(own, mask.Kept));
            }

            return new WeightImportance(
                whole, [.. Powers.Select(power => Counted(Point(power)))], [.. all.Layers.Select(layer => Counted(Thinned(layer)))]);
        }
        finally
        {
            weights.Values.copy_(own);
        }
    }

    private static Mask Cut(string criterion, Mask all, Tensor final, Tensor first, int power) => Pruning.Prune(
        all, MaskCriterion.Find(criterion), new PruningRates().Rounds(power), first, final, null, new Philox(0, (ulong)power));
}

using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Networks.Taps;
using Golgi.Numerics.Random;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Inspection.Probes;

/// <summary>How well a linear classifier reads the classes off each layer: what the network has made explicit, layer by
/// layer.</summary>
/// <remarks>Alain and Bengio 2016 (arXiv 1610.01644). We depart from them in the classifier: ridge regression on the
/// classes'
/// indicators, whose solutions for all penalties, and whose leave-one-out errors, come in closed form from one
/// eigendecomposition.</remarks>
public static class LinearProbe
{
    /// <summary>The name under which the prepared inputs themselves are probed.</summary>
    public const string Input = "input";

    /// <summary>Fits one probe per layer; the penalty is the one with the best leave-one-out accuracy on the fitted
    /// examples.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="train">What probes are fitted to. Borrowed.</param>
    /// <param name="heldOut">What they are judged by: validation examples. Borrowed.</param>
    /// <param name="layers">Dotted names, or <see cref="Input"/>.</param>
    /// <param name="options">null: the defaults.</param>
    /// <returns>One entry per layer, in the order given.</returns>
    /// <exception cref="ArgumentException">The examples have no classes, a layer is not known, there are no examples, or no penalties.</exception>
    public static IReadOnlyList<ProbeResult> Measure(
        Specimen specimen,
        Examples train,
        Examples heldOut,
        IReadOnlyList<string> layers,
        ProbeOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(layers);
        options ??= new ProbeOptions();
        if (options.Ridges.Count == 0)
        {
            throw new ArgumentException("There are no penalties to try; give at least one.", nameof(options));
        }

        foreach (var part in (Examples[])[train, heldOut]) part.RequireClasses("A linear probe");
        using var scope = NewDisposeScope();
        var (known, labels) = Collect(
            specimen, train, layers, options, options.TrainLimit, progress, cancellation);
        var (fresh, answers) = Collect(
            specimen, heldOut, layers, options, options.HeldOutLimit, progress, cancellation);
        long classes = Math.Max(labels.max().item<long>(), answers.max().item<long>()) + 1;
        var results = new List<ProbeResult>();
        foreach (string layer in layers)
        {
            cancellation.ThrowIfCancellationRequested();
            using var fit = new RidgeClassifier(known[layer], labels, classes);
            var (ridge, trainCorrect) = fit.Choose(options.Ridges);
            long correct = fit.CountCorrect(fresh[layer], answers, ridge);
            results.Add(new ProbeResult(
                layer,
                known[layer].shape[1],
                new Proportion(correct, answers.shape[0]),
                new Proportion(trainCorrect, labels.shape[0]),
                ridge));
            progress?.Report(new WorkProgress("linear probes", results.Count, layers.Count, layer));
        }

        return results;
    }

    private static (Dictionary<string, Tensor> Features, Tensor Labels) Collect(
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        ProbeOptions options,
        long limit,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        var parts = layers.Distinct().ToDictionary(layer => layer, _ => new List<Tensor>());
        var order = new List<Tensor>();
        using var tap = new ActivationTap(specimen.Network, layers.Where(layer => layer != Input));
        var pass = new PassOptions { Batch = options.Batch, Limit = limit, Device = options.Device };
        ExamplePass.Run(
            specimen,
            examples,
            pass,
            "probe features",
            (indices, inputs) =>
            {
                tap.Run(inputs);
                foreach (var (layer, list) in parts)
                {
                    var features = Features(layer == Input ? inputs : tap[layer], options.MostFeatures);
                    list.Add(features.cpu().MoveToOuterDisposeScope());
                }

                order.Add(indices.alias().MoveToOuterDisposeScope());
            },
            progress,
            cancellation);
        return (
            parts.ToDictionary(part => part.Key, part => cat([.. part.Value])),
            examples.Labels.index_select(0, cat([.. order])));
    }

    /// <summary>At most so many numbers per example: [N, F].</summary>
    private static Tensor Features(Tensor activations, int most)
    {
        if (activations.dim() == 4)
        {
            long channels = activations.shape[1];
            long side = Math.Max(1, (long)Math.Sqrt((double)most / channels));
            long rows = Math.Min(side, activations.shape[2]), columns = Math.Min(side, activations.shape[3]);
            if (rows < activations.shape[2] || columns < activations.shape[3])
            {
                activations = nn.functional.adaptive_avg_pool2d(activations, [rows, columns]);
            }
        }

        var flat = activations.flatten(1);
        if (flat.shape[1] <= most) return flat.clone();
        float[] signs = new float[flat.shape[1] * most];
        new Philox(0).FillSigns(signs);
        return flat.mm(tensor(signs, [flat.shape[1], most], device: flat.device)).div_(Math.Sqrt(flat.shape[1]));
    }
}

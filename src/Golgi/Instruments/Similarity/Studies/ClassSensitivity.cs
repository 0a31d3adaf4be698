using Golgi.Foundation;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>How well each layer already knows each class: the canonical correlation between a layer and a class' logit.</summary>
/// <param name="Layers">Layers, from the input to the output.</param>
/// <param name="Classes">Class names.</param>
/// <param name="Values">[class][layer]: in [0, 1].</param>
/// <param name="Nulls">Per layer, √(rank/(n − 1)): about what a layer that knows nothing would give.</param>
/// <param name="Samples">Examples that were looked at.</param>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), section 5. With a single target, CCA is the multiple correlation R of least
/// squares, √(‖Qᵀy‖² / ‖y‖²), so no decomposition is needed. Maps are averaged over places: their zero frequency, the only one
/// that a logit can share.</remarks>
public sealed record ClassSensitivity(
    IReadOnlyList<string> Layers,
    IReadOnlyList<string> Classes,
    IReadOnlyList<IReadOnlyList<double>> Values,
    IReadOnlyList<double> Nulls,
    long Samples)
{
    /// <summary>Measures a network, each layer once.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    internal static ClassSensitivity Of(Specimen specimen, SensitivityOptions options, JobContext context)
    {
        specimen.RequireClasses("Sensitivity to classes");
        using var scope = NewDisposeScope();
        var (layers, output) = (options.Layers, LayerActivations.Output(specimen));
        var rows = LayerActivations.Record(
            specimen, LayerActivations.Shown(specimen), [.. layers.Append(output).Distinct()], new LayerReading { Examples = options.Examples },
            context.Progress, context.Cancellation);
        var targets = rows[output].Values.to(ScalarType.Float64);
        long classes = targets.shape[1], samples = targets.shape[0];
        double[][] values = [.. Enumerable.Range(0, (int)classes).Select(_ => new double[layers.Count])];
        double[] nulls = new double[layers.Count];
        for (int i = 0; i < layers.Count; i++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var known = context.Once($"layer-{i}", () => Of(rows[layers[i]], targets));
            for (int c = 0; c < classes; c++) values[c][i] = known.Correlations[c];
            nulls[i] = known.Null;
            context.Progress?.Report(new WorkProgress("layers", i + 1, layers.Count));
        }

        foreach (var part in rows.Values) part.Dispose();
        string[] names = specimen.ClassNames.Count == classes
            ? [.. specimen.ClassNames]
            : [.. Enumerable.Range(0, (int)classes).Select(c => $"{c}")];
        return new ClassSensitivity(layers, names, values, nulls, samples);
    }

    private static KnownClasses Of(TensorRows layer, Tensor targets)
    {
        using var basis = LayerActivations.Whitened(layer);
        return new KnownClasses(Correlations(basis, targets), Math.Sqrt(Math.Min(1, basis.Rank / (targets.shape[0] - 1.0))));
    }

    /// <summary>Multiple correlation of each target with a layer.</summary>
    /// <param name="basis">With directions.</param>
    /// <param name="targets">float64 [samples, targets].</param>
    /// <returns>One per target, in [0, 1]; 0 for a constant target.</returns>
    internal static double[] Correlations(Basis basis, Tensor targets)
    {
        using var scope = NewDisposeScope();
        var centred = targets - targets.mean([0L]);
        var explained = basis.Directions!.t().mm(centred).square().sum([0L]);
        return [.. (explained / centred.square().sum([0L])).nan_to_num(0, 0, 0).clamp(0, 1).sqrt().data<double>()];
    }

    /// <summary>What one layer knows.</summary>
    private sealed record KnownClasses(IReadOnlyList<double> Correlations, double Null);
}

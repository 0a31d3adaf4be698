using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Compares every layer of a network with every layer of another, or of itself. Finished rows of the grid are kept.</summary>
public sealed class LayerGridJob : Job<SimilarityGrid>
{
    private readonly Specimen specimen;
    private readonly Specimen? other;
    private readonly LayerGridOptions options;

    /// <summary>Puts the job together.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    /// <param name="other">The other network, shown the same examples; null: the network itself. Borrowed.</param>
    /// <param name="options">Which layers, compared how.</param>
    /// <exception cref="ArgumentException">A layer is not known, a network comes without data, or the measure needs more than the null by
    /// formula.</exception>
    public LayerGridJob(Specimen specimen, Specimen? other, LayerGridOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.specimen = specimen;
        this.other = other;
        this.options = options with
        {
            Layers = LayerActivations.Resolve(specimen, options.Layers),
            OtherLayers = other is null ? [] : LayerActivations.Resolve(other, options.OtherLayers),
        };
        LayerActivations.Shown(specimen);
        LayerActivations.Shown(other ?? specimen);
        if (options is { Companions: Companions.Formula, Spatial: not SpatialReading.Dft }) options.Measure.OnBases();
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-grid", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{specimen.Data?.Name}-{specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => StudyInputs.Of(specimen, other);

    /// <inheritdoc/>
    /// <exception cref="RefusedException">There are too few samples for the layers' directions.</exception>
    public override SimilarityGrid Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return options.Spatial == SpatialReading.Dft ? PerFrequency(context) : OnRows(context);
    }

    private SimilarityGrid PerFrequency(JobContext context)
    {
        var rows = Spectra(specimen, options.Layers);
        var columns = other is null ? rows : Spectra(other, options.OtherLayers);
        var measure = options.Measure.Create();
        try
        {
            return SimilarityGrid.OfPairs(
                rows, columns, measure, (a, b) => SpectralComparison.Of(a, b, measure, options.Around, null, context.Cancellation), context);
        }
        finally
        {
            foreach (var (_, basis) in rows.Concat(columns).Distinct()) basis.Dispose();
        }

        IReadOnlyList<(string Name, SpectralBasis Basis)> Spectra(Specimen network, IReadOnlyList<string> layers) => LayerActivations.Spectra(
            network, LayerActivations.Shown(network), layers, options.Frequencies, options.Examples, context.Progress, context.Cancellation);
    }

    private SimilarityGrid OnRows(JobContext context)
    {
        var rows = Rows(specimen, options.Layers);
        var columns = other is null ? rows : Rows(other, options.OtherLayers);
        try
        {
            if (options.Companions == Companions.Formula) return ByFormula(rows, columns, context.Cancellation);
            var comparer = new Comparer(options.Around);
            var measure = options.Measure.Create();
            return SimilarityGrid.OfPairs(rows, columns, measure, (a, b) => comparer.Compare(a, b, measure, null, context.Cancellation), context);
        }
        finally
        {
            foreach (var (_, part) in rows.Concat(columns).Distinct()) part.Dispose();
        }

        List<(string Name, TensorRows Rows)> Rows(Specimen network, IReadOnlyList<string> layers)
        {
            var reading = new LayerReading { Maps = ComparedLayer.Maps(options.Spatial, MapReading.Pool), Examples = options.Examples };
            var found = LayerActivations.Record(
                network, LayerActivations.Shown(network), layers, reading, context.Progress, context.Cancellation);
            return [.. layers.Select(layer => (layer, found[layer]))];
        }
    }

    private SimilarityGrid ByFormula(
        List<(string Name, TensorRows Rows)> rows, List<(string Name, TensorRows Rows)> columns, CancellationToken cancellation)
    {
        var whitened = Bases(rows);
        var others = ReferenceEquals(rows, columns) ? whitened : Bases(columns);
        try
        {
            return SimilarityGrid.Of(whitened, others, options.Measure.OnBases(), cancellation);
        }
        finally
        {
            foreach (var (_, basis) in whitened.Concat(others).Distinct()) basis.Dispose();
        }

        static List<(string Name, Basis Basis)> Bases(List<(string Name, TensorRows Rows)> rows) =>
            [.. rows.Select(row => (row.Name, Basis.Of(row.Rows.Values)))];
    }
}

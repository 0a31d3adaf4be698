using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Directions of one layer from every source, fitted on the same examples; of maps, the channels are the features and the
/// places are samples.</summary>
internal sealed class FittedDirections : IDisposable
{
    private const long MostExamples = 10_000, MostRows = 200_000;

    private FittedDirections(IReadOnlyList<LayerDirections> sources, long features) => (Sources, Features) = (sources, features);

    public IReadOnlyList<LayerDirections> Sources { get; }

    public long Features { get; }

    public static FittedDirections Fit(
        Specimen specimen, Specimen? twin, Examples examples, string layer, string output, ulong seed, CancellationToken cancellation)
    {
        Check.Known(layer, specimen.LayerNames, "layer");
        Check.Known(output, specimen.LayerNames, "layer");
        long places = Places(specimen, examples, layer);
        var reading = new LayerReading { Maps = MapReading.Places, Examples = Math.Clamp(MostRows / places, 1, MostExamples) };
        var rows = LayerActivations.Record(specimen, examples, [.. new[] { layer, output }.Distinct()], reading, null, cancellation);
        if (rows[layer].Features >= rows[layer].Count)
        {
            throw new RefusedException(
                $"{layer} has {rows[layer].Features} features and there are {rows[layer].Count} examples; directions need more examples "
                    + "than features.");
        }

        using var basis = LayerActivations.Whitened(rows[layer]);
        using var pooled = places == 1 ? null : Pooled(rows[layer], places);
        using var logits = LayerActivations.Whitened(rows[output]);
        using var other = twin is null ? null : Twin(twin, examples, layer, reading, cancellation);
        var result = new FittedDirections(LayerDirections.All(basis, pooled, logits, other, rows[layer].Values, seed), basis.Features);
        foreach (var part in rows.Values) part.Dispose();
        return result;
    }

    public void Dispose()
    {
        foreach (var source in Sources) source.Dispose();
    }

    private static long Places(Specimen specimen, Examples examples, string layer)
    {
        var rows = LayerActivations.Record(specimen, examples, [layer], new LayerReading { Maps = MapReading.Places, Examples = 1 });
        using var values = rows[layer];
        return values.RowsPerExample;
    }

    private static Basis Pooled(TensorRows rows, long places)
    {
        using var scope = NewDisposeScope();
        return Basis.Of(rows.Values.view(-1, places, rows.Features).mean([1L]));
    }

    private static Basis Twin(Specimen twin, Examples examples, string layer, LayerReading reading, CancellationToken cancellation)
    {
        Check.Known(layer, twin.LayerNames, "layer");
        var rows = LayerActivations.Record(twin, examples, [layer], reading, null, cancellation);
        using var values = rows[layer];
        return LayerActivations.Whitened(values);
    }
}

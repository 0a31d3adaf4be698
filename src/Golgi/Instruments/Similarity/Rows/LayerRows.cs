using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>Turns activations of any layer into rows: vectors [N, F], maps [N, C, H, W], sequences [N, T, D].</summary>
internal static class LayerRows
{
    /// <summary>Turns activations into rows.</summary>
    /// <param name="name">What messages call the layer.</param>
    /// <param name="activations">[N, F], [N, C, H, W], [N, T, D] or any [N, ...]; borrowed.</param>
    /// <param name="reading">What a place of a map, or a token of a sequence, becomes.</param>
    /// <returns>Rows in memory; the caller owns them.</returns>
    /// <exception cref="ArgumentException">The activations are a single number or a complex type.</exception>
    public static TensorRows From(string name, Tensor activations, MapReading reading = MapReading.Flatten)
    {
        ArgumentNullException.ThrowIfNull(activations);
        if (activations.dim() == 0 || activations.is_complex())
        {
            throw new ArgumentException(
                $"{name} has shape {Check.Describe(activations.shape)} and type {activations.dtype}; it must be real, [samples, features, ...].");
        }

        using var scope = NewDisposeScope();
        var values = activations.dtype == ScalarType.Float64 ? activations : activations.to(ScalarType.Float32);
        long n = values.shape[0], places = 1;
        var rows = (values.dim(), reading) switch
        {
            (1, _) => values.reshape(n, 1),
            (2, _) => values.alias(),
            (_, MapReading.Flatten) => values.reshape(n, -1),
            (3, MapReading.Pool) => values.mean([1L]),
            (3, _) => values.reshape(n * (places = values.shape[1]), values.shape[2]),
            (4, MapReading.Pool) => values.mean([2L, 3L]),
            (4, _) => values.permute(0, 2, 3, 1).reshape(n * (places = values.shape[2] * values.shape[3]), values.shape[1]),
            _ => throw new ArgumentException(
                $"{name} has shape {Check.Describe(values.shape)}; only maps [N, C, H, W] and sequences [N, T, D] have places. Flatten it."),
        };
        return new TensorRows(name, rows.contiguous().MoveToOuterDisposeScope()) { RowsPerExample = Math.Max(1, places) };
    }
}

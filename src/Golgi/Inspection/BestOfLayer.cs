using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>Keeps the best examples of every unit of one layer as batches go by.</summary>
/// <param name="layer">Its name.</param>
/// <param name="count">How many to keep for each unit.</param>
internal sealed class BestOfLayer(string layer, int count) : IDisposable
{
    private Tensor? values, examples, places; // [units, kept], best first
    private long[] map = [];

    /// <summary>Takes in a batch.</summary>
    /// <param name="activations">[N, units, ...]; borrowed.</param>
    /// <param name="indices">int64 [N] on the CPU: which examples these are.</param>
    public void Add(Tensor activations, Tensor indices)
    {
        Check.Shape(activations, "[N, U, ...]", $"The output of '{layer}'");
        using var scope = NewDisposeScope();
        map = activations.shape[2..];
        var (most, where) = activations.reshape(activations.shape[0], activations.shape[1], -1).max(2); // [N, U]
        var candidates = most.t().cpu();
        var own = indices.unsqueeze(0).expand(candidates.shape);
        var at = where.t().cpu();
        if (values is not null)
        {
            candidates = cat([values, candidates], 1);
            own = cat([examples!, own], 1);
            at = cat([places!, at], 1);
        }

        var order = candidates.sort(1, descending: true, stable: true).Indices;
        order = order.narrow(1, 0, Math.Min(count, order.shape[1]));
        Dispose();
        values = candidates.gather(1, order).DetachFromDisposeScope();
        examples = own.gather(1, order).DetachFromDisposeScope();
        places = at.gather(1, order).DetachFromDisposeScope();
    }

    /// <summary>What was found, unit by unit.</summary>
    /// <param name="field">What the layer's places see; null where inputs are not pictures.</param>
    public IEnumerable<UnitTops> Finish(ReceptiveField? field)
    {
        using var scope = NewDisposeScope();
        int units = (int)values!.shape[0], kept = (int)values.shape[1];
        double[] value = [.. values.to(ScalarType.Float64).data<double>()];
        long[] example = [.. examples!.data<long>()], place = [.. places!.data<long>()];
        return
        [
            .. Enumerable.Range(0, units).Select(unit => new UnitTops(layer, unit,
            [
                .. Enumerable.Range(unit * kept, kept).Select(i =>
                    new TopExample(example[i], value[i], Place(place[i]), See(field, Place(place[i])))),
            ])),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        values?.Dispose();
        examples?.Dispose();
        places?.Dispose();
    }

    private static Region? See(ReceptiveField? field, int[] place) =>
        field is null ? null : place.Length == 2 ? field[place[0], place[1]] : field[0, 0];

    /// <summary>A place's coordinates from its number in row-major order.</summary>
    private int[] Place(long flat)
    {
        int[] place = new int[map.Length];
        for (int i = map.Length - 1; i >= 0; i--)
        {
            place[i] = (int)(flat % map[i]);
            flat /= map[i];
        }

        return place;
    }
}

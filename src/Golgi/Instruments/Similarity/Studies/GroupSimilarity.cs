using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Whitening;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Two groups of networks, layer by layer: how alike networks of a group are, and networks of different groups.</summary>
/// <param name="Method">The measure's name.</param>
/// <param name="Layers">Layers, from the input to the output.</param>
/// <param name="First">Per layer, pairs within the first group.</param>
/// <param name="Second">Per layer, pairs within the second.</param>
/// <param name="Between">Per layer, one network of each.</param>
/// <param name="Nulls">Per layer, the mean of what unrelated layers would give.</param>
/// <param name="Samples">Rows that were compared.</param>
/// <remarks>Morcos, Raghu and Bengio 2018 (arXiv 1806.05759), section 3.1: networks that generalize come to more similar
/// representations than networks that memorize shuffled labels, the more so in deep layers.</remarks>
public sealed record GroupSimilarity(
    string Method,
    IReadOnlyList<string> Layers,
    IReadOnlyList<PairSpread> First,
    IReadOnlyList<PairSpread> Second,
    IReadOnlyList<PairSpread> Between,
    IReadOnlyList<double> Nulls,
    long Samples)
{
    /// <summary>Compares all pairs of networks, each layer of each whitened once. A measure that is not symmetric counts as the mean
    /// of both directions.</summary>
    /// <param name="first">Per network its layers' rows by name, over the same samples; 2 networks or more. Borrowed.</param>
    /// <param name="second">The other group; 2 networks or more. Borrowed.</param>
    /// <param name="layers">Layer names that all have.</param>
    /// <exception cref="ArgumentException">A group has fewer than 2 networks, or a network lacks a layer.</exception>
    /// <exception cref="RefusedException">There are too few samples for a layer's directions.</exception>
    public static GroupSimilarity Of(
        IReadOnlyList<IReadOnlyDictionary<string, TensorRows>> first,
        IReadOnlyList<IReadOnlyDictionary<string, TensorRows>> second,
        IReadOnlyList<string> layers,
        BasisMeasure measure,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(measure);
        RequirePairs(first.Count, second.Count);

        IReadOnlyDictionary<string, TensorRows>[] all = [.. first, .. second];
        int[] left = [.. Enumerable.Range(0, first.Count)], right = [.. Enumerable.Range(first.Count, second.Count)];
        var (within, beside, between, nulls) = (new List<PairSpread>(), new List<PairSpread>(), new List<PairSpread>(), new List<double>());
        foreach (string layer in layers)
        {
            cancellation.ThrowIfCancellationRequested();
            List<(string Name, Basis Basis)> bases =
                [.. all.Select((rows, i) => ($"{i}", LayerActivations.Whitened(rows[Check.Known(layer, rows.Keys, "layer")])))];
            var grid = SimilarityGrid.Of(bases, bases, measure, cancellation);
            foreach (var (_, basis) in bases) basis.Dispose();
            double Both(int i, int j) => (grid.Values[i][j] + grid.Values[j][i]) / 2;
            within.Add(Spread([.. Pairs(left, left)], Both, measure.Traits));
            beside.Add(Spread([.. Pairs(right, right)], Both, measure.Traits));
            between.Add(Spread([.. Pairs(left, right)], Both, measure.Traits));
            nulls.Add(Pairs([.. left, .. right], [.. left, .. right]).Average(pair => grid.Nulls[pair.I][pair.J]));
            progress?.Report(new WorkProgress("layers", within.Count, layers.Count));
        }

        return new GroupSimilarity(measure.Name, layers, within, beside, between, nulls, all[0].Values.First().Count);
    }

    /// <summary>The layers of several comparisons of the same networks, in order.</summary>
    internal static GroupSimilarity Join(IReadOnlyList<GroupSimilarity> layers)
    {
        return layers[0] with
        {
            Layers = Each(one => one.Layers),
            First = Each(one => one.First),
            Second = Each(one => one.Second),
            Between = Each(one => one.Between),
            Nulls = Each(one => one.Nulls),
        };

        T[] Each<T>(Func<GroupSimilarity, IReadOnlyList<T>> of) => [.. layers.SelectMany(of)];
    }

    /// <summary>Refuses groups that have no pairs within.</summary>
    internal static void RequirePairs(int first, int second)
    {
        if (Math.Min(first, second) >= 2) return;
        throw new ArgumentException($"The groups have {first} and {second} networks; each must have 2 or more to be compared within.");
    }

    private static IEnumerable<(int I, int J)> Pairs(int[] one, int[] other) =>
        from i in one from j in other where !ReferenceEquals(one, other) ? i != j : i < j select (i, j);

    private static PairSpread Spread((int I, int J)[] pairs, Func<int, int, double> similarity, MeasureTraits traits)
    {
        double mean = pairs.Average(pair => similarity(pair.I, pair.J));
        double?[] leftOut =
        [
            .. pairs.SelectMany(pair => new[] { pair.I, pair.J }).Distinct().Select(network =>
            {
                var rest = pairs.Where(pair => pair.I != network && pair.J != network).ToArray();
                return rest.Length > 0 ? rest.Average(pair => similarity(pair.I, pair.J)) : (double?)null;
            }),
        ];
        return new PairSpread(mean, Jackknife.Interval(mean, leftOut, 0.95, traits), pairs.Length);
    }
}

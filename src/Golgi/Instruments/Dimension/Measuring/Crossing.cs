using Golgi.Numerics.Random;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>Where a rising curve with noise crosses a threshold.</summary>
internal static class Crossing
{
    private const int Resamples = 1000;

    /// <summary>The dimension at which accuracy crosses a threshold: the means, made monotone (isotonic regression, weighted by the number of
    /// replicates), between the measured dimensions linearly in log d.</summary>
    /// <param name="points">Dimension and accuracies of its replicates; any order.</param>
    /// <param name="threshold">The accuracy to exceed.</param>
    /// <returns>Null where all points lie on one side.</returns>
    public static double? Find(IReadOnlyList<(int Dimension, IReadOnlyList<double> Accuracies)> points, double threshold)
    {
        var sorted = points.OrderBy(point => point.Dimension).ToArray();
        double[] level = Isotonic([.. sorted.Select(p => p.Accuracies.Average())], [.. sorted.Select(p => (double)p.Accuracies.Count)]);
        for (int i = 1; i < level.Length; i++)
        {
            if (level[i - 1] > threshold || level[i] <= threshold) continue;
            double share = (threshold - level[i - 1]) / (level[i] - level[i - 1]);
            double low = Math.Log(sorted[i - 1].Dimension), high = Math.Log(sorted[i].Dimension);
            return Math.Exp(low + (share * (high - low)));
        }

        return null;
    }

    /// <summary>The same with a 95 % interval: each dimension's replicates are drawn again with replacement, 1000 times.</summary>
    /// <param name="seed">Of the resamples.</param>
    /// <inheritdoc cref="Find"/>
    public static DimensionInterval WithInterval(
        IReadOnlyList<(int Dimension, IReadOnlyList<double> Accuracies)> points, double threshold, ulong seed)
    {
        double? value = Find(points, threshold);
        if (value is null) return new DimensionInterval(null, null, null);
        var reader = new Philox(seed, 0x626F6F74).Reader();
        double[] found =
        [
            .. Enumerable.Range(0, Resamples)
                .Select(_ => Find([.. points.Select(p => (p.Dimension, Resample(p.Accuracies, reader)))], threshold))
                .OfType<double>()
                .Order(),
        ];
        return new DimensionInterval(
            value,
            Math.Min(value.Value, found[(int)(0.025 * (found.Length - 1))]),
            Math.Max(value.Value, found[(int)Math.Ceiling(0.975 * (found.Length - 1))]));
    }

    /// <summary>The nearest rising sequence in weighted least squares (pool adjacent violators).</summary>
    /// <param name="values">In order.</param>
    /// <param name="weights">As many, above 0.</param>
    internal static double[] Isotonic(double[] values, double[] weights)
    {
        var blocks = new List<(double Value, double Weight, int Count)>();
        for (int i = 0; i < values.Length; i++)
        {
            blocks.Add((values[i], weights[i], 1));
            while (blocks.Count > 1 && blocks[^2].Value > blocks[^1].Value)
            {
                var (a, b) = (blocks[^2], blocks[^1]);
                blocks.RemoveRange(blocks.Count - 2, 2);
                double weight = a.Weight + b.Weight;
                blocks.Add((((a.Value * a.Weight) + (b.Value * b.Weight)) / weight, weight, a.Count + b.Count));
            }
        }

        return [.. blocks.SelectMany(block => Enumerable.Repeat(block.Value, block.Count))];
    }

    private static double[] Resample(IReadOnlyList<double> values, PhiloxReader reader) =>
        [.. values.Select(_ => values[reader.Next(values.Count)])];
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.Clustering;

/// <summary>The neighborhoods that <see cref="Tsne"/> keeps: p_ij = (p_j|i + p_i|j) / 2n, as rows of a sparse symmetric matrix.</summary>
internal sealed class TsneAffinities
{
    private const double NeighborsPerPerplexity = 3;
    private const int BlockRows = 1024, BisectionSteps = 100;
    private const double EntropyTolerance = 1e-5; // scikit-learn's

    private TsneAffinities(int[] starts, int[] columns, double[] values) => (Starts, Columns, Values) = (starts, columns, values);

    /// <summary>Row i is entries Starts[i] to Starts[i + 1].</summary>
    public int[] Starts { get; }

    public int[] Columns { get; }

    public double[] Values { get; }

    public int Count => Starts.Length - 1;

    public static TsneAffinities Of(Tensor points, double perplexity, int threads)
    {
        int count = (int)points.shape[0];
        int neighbors = (int)Math.Min(count - 1, (NeighborsPerPerplexity * perplexity) + 1);
        var (distances, indices) = Neighbors(points, neighbors);
        double[] conditional = new double[count * neighbors];
        Parts.Run(Math.Min(count, 64), threads, (part, parts) =>
        {
            for (int i = part; i < count; i += parts)
            {
                Conditional(distances.AsSpan(i * neighbors, neighbors), conditional.AsSpan(i * neighbors, neighbors), Math.Log(perplexity));
            }
        });
        return Symmetric(conditional, indices, count, neighbors);
    }

    /// <summary>The nearest points of each, itself left out, and their squared distances; exact, block by block.</summary>
    public static (double[] Squared, int[] Indices) Neighbors(Tensor points, int neighbors)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = points.detach().cpu().to(ScalarType.Float64);
        x = x - x.mean([0]);
        int count = (int)x.shape[0];
        double[] squared = new double[count * neighbors];
        int[] indices = new int[count * neighbors];
        var norms = x.square().sum(1);
        for (int start = 0; start < count; start += BlockRows)
        {
            using var block = NewDisposeScope();
            int rows = Math.Min(BlockRows, count - start);
            var part = x.narrow(0, start, rows);
            var distance = norms.unsqueeze(0) + norms.narrow(0, start, rows).unsqueeze(1) - (2 * part.mm(x.t()));
            distance.clamp_min_(0);
            var own = arange(start, start + rows).unsqueeze(1);
            distance.scatter_(1, own, full_like(own, double.PositiveInfinity, ScalarType.Float64));
            var (values, where) = distance.topk(neighbors, 1, largest: false, sorted: true);
            values.contiguous().data<double>().CopyTo(squared, start * neighbors);
            where.to(ScalarType.Int32).contiguous().data<int>().CopyTo(indices, start * neighbors);
        }

        return (squared, indices);
    }

    /// <summary>p_j|i ∝ exp(−β d²) with β by bisection, such that the entropy is log perplexity.</summary>
    private static void Conditional(ReadOnlySpan<double> squared, Span<double> p, double entropy)
    {
        double beta = 1, low = 0, high = double.PositiveInfinity;
        for (int step = 0; step < BisectionSteps; step++)
        {
            double sum = 0, weighted = 0;
            for (int j = 0; j < p.Length; j++)
            {
                double shifted = squared[j] - squared[0]; // the nearest is first: exp never underflows for all
                p[j] = Math.Exp(-beta * shifted);
                sum += p[j];
                weighted += p[j] * shifted;
            }

            for (int j = 0; j < p.Length; j++) p[j] /= sum;
            double difference = Math.Log(sum) + (beta * weighted / sum) - entropy;
            if (Math.Abs(difference) <= EntropyTolerance) break;
            if (difference > 0)
            {
                low = beta;
                beta = double.IsInfinity(high) ? beta * 2 : (beta + high) / 2;
            }
            else
            {
                high = beta;
                beta = (beta + low) / 2;
            }
        }
    }

    private static TsneAffinities Symmetric(double[] conditional, int[] indices, int count, int neighbors)
    {
        var rows = new Dictionary<int, double>[count];
        for (int i = 0; i < count; i++) rows[i] = new Dictionary<int, double>(2 * neighbors);
        for (int i = 0; i < count; i++)
        {
            for (int at = i * neighbors; at < (i + 1) * neighbors; at++)
            {
                int j = indices[at];
                double half = conditional[at] / (2.0 * count);
                rows[i][j] = rows[i].GetValueOrDefault(j) + half;
                rows[j][i] = rows[j].GetValueOrDefault(i) + half;
            }
        }

        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) starts[i + 1] = starts[i] + rows[i].Count;
        int[] columns = new int[starts[count]];
        double[] values = new double[starts[count]];
        for (int i = 0; i < count; i++)
        {
            int at = starts[i];
            foreach (var (column, value) in rows[i].OrderBy(entry => entry.Key))
            {
                (columns[at], values[at++]) = (column, value);
            }
        }

        return new TsneAffinities(starts, columns, values);
    }
}

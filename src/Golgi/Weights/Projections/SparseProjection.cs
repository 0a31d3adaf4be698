using System.Numerics;
using Golgi.Foundation;
using Golgi.Native;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;

namespace Golgi.Weights.Projections;

/// <summary>
/// Very sparse random directions: an entry is not zero with probability 1/√D, and then ±1/√n where n is the number of such
/// entries in its column, so that columns have unit norm. A use costs d·√D additions.
/// </summary>
/// <remarks>Li, Hastie and Church 2006, with the density taken over all weights (the released code of Li et al. 2018 takes it for each
/// tensor). Both orders of the entries are stored, so that both products are gathers.</remarks>
public sealed unsafe class SparseProjection : KernelProjection
{
    private const ulong Stream = 0x737061727365_0000;
    private readonly int[] columnStarts;
    private readonly int[] rows;      // by column: 2·row + sign bit
    private readonly int[] rowStarts;
    private readonly int[] columns;   // by row: 2·column + sign bit
    private readonly double[] scales;

    /// <summary>Draws the entries.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d, from 1 to D.</param>
    /// <param name="seed">Names the map.</param>
    /// <exception cref="ArgumentException">There would be more than a billion entries.</exception>
    public SparseProjection(long weights, int dimension, ulong seed)
        : base(weights, dimension)
    {
        double expected = dimension * Math.Sqrt(weights);
        if (expected > 1e9)
        {
            throw new ArgumentException(
                $"A sparse projection of {weights} weights to {dimension} coordinates has {expected:0.0E0} entries; at most 1E9 fit. Use grouping "
                    + "or fastfood.");
        }

        var entries = new List<int>((int)(expected * 1.05) + dimension);
        columnStarts = new int[dimension + 1];
        for (int j = 0; j < dimension; j++)
        {
            DrawColumn(new Philox(seed, Stream + (ulong)j).Reader(), weights, entries);
            columnStarts[j + 1] = entries.Count;
        }

        rows = [.. entries];
        scales = [.. Enumerable.Range(0, dimension).Select(j => 1 / Math.Sqrt(columnStarts[j + 1] - columnStarts[j]))];
        (rowStarts, columns) = ByRow();
    }

    /// <inheritdoc/>
    public override string Kind => "sparse";

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <inheritdoc/>
    private protected override void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
    {
        int d = Dimension;
        using var table = new NativeBuffer<T>(2L * d);
        T* values = table.Start;
        for (int j = 0; j < d; j++)
        {
            values[2 * j] = coordinates[j] * T.CreateTruncating(scales[j]);
            values[(2 * j) + 1] = -values[2 * j];
        }

        Parts.Run(64, threads, (part, parts) =>
        {
            long first = WeightCount * part / parts, end = WeightCount * (part + 1) / parts;
            AddRows(rowStarts, columns, values, origin, weights, first, end);
        });
    }

    /// <inheritdoc/>
    private protected override void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
    {
        Parts.Run(Dimension, threads, (j, _) =>
        {
            double sum = 0;
            for (int k = columnStarts[j]; k < columnStarts[j + 1]; k++)
            {
                double value = double.CreateTruncating(gradient[rows[k] >> 1]);
                sum += (rows[k] & 1) == 0 ? value : -value;
            }

            coordinates[j] = T.CreateTruncating(sum * scales[j]);
        });
    }

    private static void AddRows<T>(int[] starts, int[] columns, T* values, T* origin, T* weights, long first, long end)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (long i = first; i < end; i++)
        {
            T sum = T.Zero;
            for (int k = starts[i]; k < starts[i + 1]; k++) sum += values[columns[k]];
            weights[i] = origin[i] + sum;
        }
    }

    /// <summary>Walks down a column by geometric gaps; a column without an entry gets one at random.</summary>
    private static void DrawColumn(PhiloxReader reader, long weights, List<int> entries)
    {
        double perGap = ExactMath.Log(1 - Math.Min(1 / Math.Sqrt(weights), 1 - 1e-9));
        int before = entries.Count;
        for (double row = -1; ;)
        {
            row += 1 + Math.Floor(ExactMath.Log((reader.NextBits() + 0.5) * (1.0 / 4294967296.0)) / perGap);
            if (row >= weights) break;
            entries.Add(((int)row << 1) | (int)(reader.NextBits() >> 31));
        }

        if (entries.Count == before) entries.Add((reader.Next((int)weights) << 1) | (int)(reader.NextBits() >> 31));
    }

    private (int[] Starts, int[] Columns) ByRow()
    {
        int[] starts = new int[WeightCount + 1];
        foreach (int entry in rows) starts[(entry >> 1) + 1]++;
        for (long i = 0; i < WeightCount; i++) starts[i + 1] += starts[i];
        int[] next = starts[..^1], order = new int[rows.Length];
        for (int j = 0; j < Dimension; j++)
        {
            for (int k = columnStarts[j]; k < columnStarts[j + 1]; k++) order[next[rows[k] >> 1]++] = (j << 1) | (rows[k] & 1);
        }

        return (starts, order);
    }
}

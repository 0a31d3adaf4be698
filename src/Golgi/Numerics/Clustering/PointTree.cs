using System.Numerics;

namespace Golgi.Numerics.Clustering;

/// <summary>A quadtree over points of the plane, laid out so that a walk goes forward through memory: each cell is followed
/// by its contents, and knows the cell that comes after them.</summary>
internal sealed class PointTree(int count)
{
    private const int Levels = 31;                       // bits of a coordinate; deeper cells hold points that coincide
    private readonly ulong[] codes = new ulong[count];
    private readonly int[] order = new int[count];
    private readonly double[] sortedX = new double[count], sortedY = new double[count];
    private double[] centerX = new double[4 * count], centerY = new double[4 * count], mass = new double[4 * count], side = new double[4 * count];
    private int[] next = new int[4 * count];
    private int cells;

    /// <summary>Builds the tree over positions (x and y of each point in turn), along the Z-order curve.</summary>
    public void Build(double[] positions)
    {
        double lowX = double.MaxValue, lowY = double.MaxValue, highX = double.MinValue, highY = double.MinValue;
        for (int i = 0; i < count; i++)
        {
            (lowX, highX) = (Math.Min(lowX, positions[2 * i]), Math.Max(highX, positions[2 * i]));
            (lowY, highY) = (Math.Min(lowY, positions[(2 * i) + 1]), Math.Max(highY, positions[(2 * i) + 1]));
        }

        double width = Math.Max(highX - lowX, highY - lowY);
        double scale = width > 0 ? ((1L << Levels) - 1) / width : 0;
        for (int i = 0; i < count; i++)
        {
            codes[i] = Spread((uint)((positions[2 * i] - lowX) * scale)) | (Spread((uint)((positions[(2 * i) + 1] - lowY) * scale)) << 1);
            order[i] = i;
        }

        Array.Sort(codes, order);
        for (int i = 0; i < count; i++)
        {
            sortedX[i] = positions[2 * order[i]];
            sortedY[i] = positions[(2 * order[i]) + 1];
        }

        cells = 0;
        AddCell(0, count, Levels, width);
    }

    /// <summary>For the points <paramref name="from"/> to <paramref name="to"/> in the curve's order, writes at their own places Σ k² (y_i − y_j)
    /// and Σ k.</summary>
    public void Repulsion(int from, int to, double theta, double[] forces, double[] sums)
    {
        double squaredTheta = theta * theta;
        for (int at = from; at < to; at++)
        {
            double x = sortedX[at], y = sortedY[at], forceX = 0, forceY = 0, sum = 0;
            for (int cell = 0; cell < cells;)
            {
                double stepX = x - centerX[cell], stepY = y - centerY[cell];
                double squared = (stepX * stepX) + (stepY * stepY);
                if (side[cell] * side[cell] >= squaredTheta * squared && side[cell] > 0)
                {
                    cell++;
                    continue;
                }

                double kernel = 1 / (1 + squared), weighted = mass[cell] * kernel;
                sum += weighted;
                weighted *= kernel;
                forceX += weighted * stepX;
                forceY += weighted * stepY;
                cell = next[cell];
            }

            int point = order[at];
            forces[2 * point] = forceX;
            forces[(2 * point) + 1] = forceY;
            sums[point] = sum - 1; // itself, at distance 0
        }
    }

    /// <summary>The cell that holds sorted points from..to; chains of cells with one child are skipped over. A single
    /// point, and points that coincide, become a cell without width.</summary>
    private void AddCell(int from, int to, int level, double width)
    {
        int cell = cells++;
        if (cell == next.Length) Grow();
        ulong different = codes[from] ^ codes[to - 1];
        int shared = different == 0 ? 0 : (64 - BitOperations.LeadingZeroCount(different) + 1) / 2; // levels below the common prefix
        while (level > shared)
        {
            level--;
            width /= 2;
        }

        double sumX = 0, sumY = 0;
        for (int i = from; i < to; i++)
        {
            sumX += sortedX[i];
            sumY += sortedY[i];
        }

        mass[cell] = to - from;
        centerX[cell] = sumX / (to - from);
        centerY[cell] = sumY / (to - from);
        side[cell] = different == 0 ? 0 : width;
        if (different != 0)
        {
            for (int start = from; start < to;)
            {
                ulong quadrant = codes[start] >> (2 * (level - 1));
                int end = start + 1;
                while (end < to && codes[end] >> (2 * (level - 1)) == quadrant) end++;
                AddCell(start, end, level - 1, width / 2);
                start = end;
            }
        }

        next[cell] = cells;
    }

    private void Grow()
    {
        int size = 2 * next.Length;
        Array.Resize(ref centerX, size);
        Array.Resize(ref centerY, size);
        Array.Resize(ref mass, size);
        Array.Resize(ref side, size);
        Array.Resize(ref next, size);
    }

    /// <summary>Puts a zero between each two bits.</summary>
    private static ulong Spread(uint value)
    {
        ulong x = value;
        x = (x | (x << 16)) & 0x0000FFFF0000FFFF;
        x = (x | (x << 8)) & 0x00FF00FF00FF00FF;
        x = (x | (x << 4)) & 0x0F0F0F0F0F0F0F0F;
        x = (x | (x << 2)) & 0x3333333333333333;
        return (x | (x << 1)) & 0x5555555555555555;
    }
}

using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>Which group an example belongs to, and how samples are paired anew. Depends on the seed and the sizes alone.</summary>
/// <param name="examples">How many examples there are.</param>
/// <param name="rowsPerExample">Rows of each, which stay together.</param>
/// <param name="groups">How many groups.</param>
/// <param name="run">Neighbouring examples that share a group: 1, or more where a file is read in blocks.</param>
/// <param name="seed">Seed of both.</param>
internal sealed class RowResampling(long examples, long rowsPerExample, int groups, long run, ulong seed)
{
    private readonly long[] groupOfRun = Groups((examples + run - 1) / run, groups, seed);

    public int Count => groups;

    /// <summary>The rows of a block, by group; groups without rows are left out.</summary>
    public IEnumerable<(int Group, long[] Rows)> Split(long start, long count)
    {
        var rows = Enumerable.Range(0, (int)count).Select(i => (long)i);
        return rows.GroupBy(row => (int)groupOfRun[(start + row) / rowsPerExample / run])
            .OrderBy(group => group.Key).Select(group => (group.Key, group.ToArray()));
    }

    /// <summary>All rows of a group.</summary>
    public Tensor RowsOf(Func<int, bool> group) =>
        tensor([.. Enumerable.Range(0, (int)(examples * rowsPerExample)).Select(i => (long)i)
            .Where(row => group((int)groupOfRun[row / rowsPerExample / run]))]);

    /// <summary>A random order of a number of examples, as rows.</summary>
    public long[] Shuffle(int some, ulong stream)
    {
        long[] order = new Philox(seed, stream).Permutation(some);
        return rowsPerExample == 1
            ? order
            : [.. order.SelectMany(example => Enumerable.Range(0, (int)rowsPerExample).Select(row => (example * rowsPerExample) + row))];
    }

    // As even as they can be: a shuffled 0, 1, .., G−1, 0, 1, ..
    private static long[] Groups(long runs, int groups, ulong seed) =>
        [.. new Philox(seed, 0x67726F7570).Permutation((int)runs).Select(place => place % groups)];
}

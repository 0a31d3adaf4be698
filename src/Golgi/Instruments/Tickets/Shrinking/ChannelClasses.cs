namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Which channels stay or go together: disjoint sets.</summary>
internal sealed class ChannelClasses
{
    private readonly List<int> parents = [];
    private readonly HashSet<int> kept = [];

    /// <summary>New channels, each alone.</summary>
    public int[] Add(long count)
    {
        int first = parents.Count;
        int[] fresh = [.. Enumerable.Range(first, checked((int)count))];
        parents.AddRange(fresh);
        return fresh;
    }

    /// <summary>Joins channels pair by pair.</summary>
    public void Join(int[] one, int[] other)
    {
        for (int i = 0; i < one.Length; i++) parents[Root(one[i])] = Root(other[i]);
    }

    /// <summary>Keeps a channel and all that are joined to it. Call when all are joined.</summary>
    public void Keep(int id) => kept.Add(Root(id));

    /// <summary>True where a channel stays.</summary>
    public bool Stays(int id) => kept.Contains(Root(id));

    /// <summary>The places of the channels that stay.</summary>
    public long[] Staying(int[] ids) => [.. Enumerable.Range(0, ids.Length).Where(i => Stays(ids[i])).Select(i => (long)i)];

    private int Root(int id)
    {
        while (parents[id] != id) id = parents[id] = parents[parents[id]];
        return id;
    }
}

namespace Golgi.Instruments.Tickets.Search;

/// <summary>The seeds of repetitions.</summary>
internal static class Replicates
{
    /// <summary>The seeds, if there are any and each is there once.</summary>
    /// <exception cref="ArgumentException">There is none, or one stands twice.</exception>
    public static IReadOnlyList<long> Checked(IReadOnlyList<long> seeds)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0) throw new ArgumentException("There are no seeds; there must be at least one.", nameof(seeds));
        return seeds.Distinct().Count() == seeds.Count
            ? seeds
            : throw new ArgumentException($"The seeds are {string.Join(", ", seeds)}; each must be another one.", nameof(seeds));
    }
}

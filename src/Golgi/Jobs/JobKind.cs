using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>What is computed, as runs are named by it.</summary>
/// <param name="Name">Letters, digits and hyphens: <c>train</c>, <c>tickets-find</c>.</param>
/// <param name="Version">1 or more; raised whenever the numbers of this kind can change. A run of an older version is never taken for a new
/// one.</param>
public sealed record JobKind(string Name, int Version)
{
    /// <summary>The name.</summary>
    public string Name { get; } = Name.Length > 0 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? Name
        : throw new ArgumentException($"'{Name}' is no name of a kind of job; it must be letters, digits and hyphens.", nameof(Name));

    /// <summary>The version.</summary>
    public int Version { get; } = Check.Positive(Version);

    /// <summary>Whether jobs of this kind are parts of others (one training of a search), which lists of runs leave out unless asked.</summary>
    public bool IsPart { get; init; }
}

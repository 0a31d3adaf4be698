namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>How many outputs of a layer were removed.</summary>
/// <param name="Name">The layer.</param>
/// <param name="Before">Its units or channels before.</param>
/// <param name="After">And after.</param>
public sealed record ShrunkLayer(string Name, long Before, long After);

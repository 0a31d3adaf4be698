namespace Golgi.Instruments.Tickets.Search;

/// <summary>One replicate of a search.</summary>
/// <param name="Levels">The dense network, then each ticket, followed by its controls.</param>
public sealed record ChainResult(IReadOnlyList<TicketLevel> Levels);

namespace Golgi.Instruments.Tickets.Search;

/// <summary>Which training of a search.</summary>
/// <param name="Seed">Of the network and the order of examples.</param>
/// <param name="Level">Rounds of pruning before it; 0: the dense network, which does not depend on how tickets are looked for.</param>
/// <param name="Variant">As in <see cref="TicketLevel.Variant"/>.</param>
internal sealed record LevelPlace(long Seed, int Level, string Variant);

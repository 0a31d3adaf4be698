namespace Golgi.Instruments.Tickets.Search;

/// <summary>What a search for tickets found.</summary>
/// <param name="Levels">The dense network, then each round of pruning.</param>
/// <param name="Network">Which network.</param>
/// <param name="Data">Which data.</param>
/// <param name="Criterion">Which weights were kept.</param>
/// <param name="MaskOne">What happened to them.</param>
/// <param name="MaskZero">What happened to the others.</param>
/// <param name="MatchesDenseDownTo">The smallest fraction of weights at which the ticket's interval still touches the dense network's or lies
/// above it, all levels before included; 1 where the first level falls behind.</param>
/// <param name="BeatsControlsAt">Fractions of weights at which the ticket's interval lies above those of all controls.</param>
/// <param name="Time">Where the time went.</param>
public sealed record TicketSearchResult(
    IReadOnlyList<TicketStep> Levels,
    string Network,
    string Data,
    string Criterion,
    string MaskOne,
    string MaskZero,
    double MatchesDenseDownTo,
    IReadOnlyList<double> BeatsControlsAt,
    TicketTime Time);

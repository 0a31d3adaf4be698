namespace Golgi.Instruments.Tickets.Connectivity;

/// <summary>Whether a network, or a ticket, is stable to the noise of training.</summary>
/// <param name="Network">Which network.</param>
/// <param name="Data">Which data.</param>
/// <param name="Forks">For each seed, each fork, round after round.</param>
public sealed record StabilityResult(string Network, string Data, IReadOnlyList<ForkStability> Forks);

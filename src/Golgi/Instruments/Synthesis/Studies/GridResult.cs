namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="GridJob"/> drew.</summary>
/// <param name="Cells">The cells that are filled.</param>
/// <param name="Purity">The mean share of a cell's commonest label, in [0, 1].</param>
/// <param name="Sheet">The map, in the run's artifacts.</param>
public sealed record GridResult(IReadOnlyList<ActivationGridCell> Cells, double Purity, string Sheet);

using Golgi.Instruments.Tickets.Files;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>What untrained weights know under one criterion's masks. Accuracies are in [0, 1].</summary>
/// <param name="Criterion">Which weights the masks keep.</param>
/// <param name="Weights">What lies under them: the first weights, or signed constants.</param>
/// <param name="Curve">Validation accuracy at each sparsity.</param>
/// <param name="BestRemaining">The fraction of weights with the best validation accuracy.</param>
/// <param name="Test">Test accuracy there.</param>
public sealed record HeuristicMask(
    string Criterion, TicketWeights Weights, IReadOnlyList<MaskPoint> Curve, double BestRemaining, Interval Test);

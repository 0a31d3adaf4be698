namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>A trained network of which only the largest weights of each layer are left; nothing is trained again. Accuracies in [0, 1].</summary>
/// <param name="Remaining">Fraction of weights that is kept.</param>
/// <param name="Accuracy">With the trained values.</param>
/// <param name="SignsAlone">With each kept weight replaced by its sign times its layer's deviation: what mask and signs know alone.</param>
/// <param name="Supermask">The untrained network's signed constants under the mask of the weights that kept their sign; null where the first
/// weights are not known.</param>
public sealed record ImportancePoint(double Remaining, double Accuracy, double SignsAlone, double? Supermask);

using Golgi.Numerics.Statistics;

namespace Golgi.Inspection.Ablation;

/// <summary>What becomes of a network without one of its units.</summary>
/// <param name="Unit">Its number, along the second dimension of the layer's output.</param>
/// <param name="Accuracy">With the unit silenced.</param>
/// <param name="LossIncrease">Mean cross-entropy with the unit silenced minus that of the whole network, in nats; below 0
/// where the network does better without it.</param>
public sealed record UnitEffect(int Unit, Proportion Accuracy, double LossIncrease);

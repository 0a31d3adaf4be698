using Golgi.Training;

namespace Golgi.Inspection.Ablation;

/// <summary>What becomes of a network without one of its units.</summary>
/// <param name="Unit">Its number, along the second dimension of the layer's output.</param>
/// <param name="Without">How it does with the unit silenced.</param>
/// <param name="LossIncrease">Mean loss with the unit silenced minus that of the whole network; below 0 where the
/// network does better without it.</param>
public sealed record UnitEffect(int Unit, Evaluation Without, double LossIncrease);

using Golgi.Numerics.Statistics;

namespace Golgi.Inspection.Ablation;

/// <summary>How much a network leans on each unit of a layer.</summary>
/// <param name="Layer">The layer's dotted name.</param>
/// <param name="Accuracy">Of the whole network on the same examples.</param>
/// <param name="Loss">Its mean cross-entropy, in nats.</param>
/// <param name="Units">One entry per unit that was silenced, in the order of their numbers.</param>
public sealed record LayerEffects(string Layer, Proportion Accuracy, double Loss, IReadOnlyList<UnitEffect> Units);

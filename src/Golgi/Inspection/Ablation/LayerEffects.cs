using Golgi.Training;

namespace Golgi.Inspection.Ablation;

/// <summary>How much a network leans on each unit of a layer.</summary>
/// <param name="Layer">The layer's dotted name.</param>
/// <param name="Whole">How the whole network does on the same examples.</param>
/// <param name="Units">One entry per unit that was silenced, in the order of their numbers.</param>
public sealed record LayerEffects(string Layer, Evaluation Whole, IReadOnlyList<UnitEffect> Units);

namespace Golgi.Inspection;

/// <summary>The examples that excite one unit most.</summary>
/// <param name="Layer">The unit's layer.</param>
/// <param name="Unit">Its number, along the second dimension of the layer's output.</param>
/// <param name="Best">Most exciting first; each example once.</param>
public sealed record UnitTops(string Layer, int Unit, IReadOnlyList<TopExample> Best);

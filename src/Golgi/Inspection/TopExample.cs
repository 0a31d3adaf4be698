namespace Golgi.Inspection;

/// <summary>One example that excites a unit.</summary>
/// <param name="Example">Its index in the set that was searched.</param>
/// <param name="Value">The unit's largest activation on it.</param>
/// <param name="Place">Where in the layer's output that was, by [row, column]; empty for layers without places.</param>
/// <param name="Region">The part of the input picture that this place sees; null where inputs are not pictures.</param>
public sealed record TopExample(long Example, double Value, IReadOnlyList<int> Place, Region? Region);

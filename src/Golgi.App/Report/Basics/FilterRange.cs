namespace Golgi.App.Report.Basics;

/// <summary>The first layer's filters, which are shown, in numbers.</summary>
/// <param name="Layer">Its dotted name.</param>
/// <param name="WeightShape">[out, in, ...].</param>
/// <param name="Count">Filters.</param>
/// <param name="Low">The smallest weight.</param>
/// <param name="High">The largest.</param>
internal sealed record FilterRange(string Layer, IReadOnlyList<long> WeightShape, long Count, double Low, double High);

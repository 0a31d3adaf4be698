namespace Golgi.App.Report.Instruments;

/// <summary>A moment of training beside its end.</summary>
/// <param name="Step">Steps that were taken.</param>
/// <param name="WithEnd">The similarity of each layer with itself at the end; null for a layer that said the same of every example.</param>
/// <param name="Grid">Of each layer, then, with each at the end; null for moments of which it is not shown.</param>
internal sealed record TrainingMoment(long Step, IReadOnlyList<double?> WithEnd, IReadOnlyList<IReadOnlyList<double>>? Grid);

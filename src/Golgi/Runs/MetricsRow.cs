namespace Golgi.Runs;

/// <summary>One line of a run's <c>metrics.jsonl</c>: what was measured at a step.</summary>
/// <param name="Step">Training steps taken.</param>
/// <param name="Values">By name, in the order in which they were logged: <c>train_loss</c>, <c>validation_accuracy</c>.</param>
public sealed record MetricsRow(long Step, IReadOnlyDictionary<string, double> Values);

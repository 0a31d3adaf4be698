namespace Golgi.Jobs;

/// <summary>How well a network does on a part of a data set.</summary>
/// <param name="Accuracy">Share of examples whose likeliest class is their own, in [0, 1].</param>
/// <param name="Top5">Share whose class is among the five likeliest.</param>
/// <param name="Loss">Mean cross-entropy, in nats.</param>
/// <param name="Count">How many examples.</param>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="Part">Which part of it.</param>
public sealed record EvaluationResult(
    double Accuracy, double Top5, double Loss, long Count, string Network, string Data, Golgi.Data.DataPart Part);

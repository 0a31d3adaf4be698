namespace Golgi.Instruments.Dimension.Trials;

/// <summary>What came of one training in a subspace.</summary>
/// <param name="Dimension">d; 0 for direct training of all weights.</param>
/// <param name="Replicate">Which of the repetitions with other seeds.</param>
/// <param name="Weights">D.</param>
/// <param name="Rate">The learning rate at the start.</param>
/// <param name="Accuracy">On the judging set, in [0, 1].</param>
/// <param name="Loss">Mean cross-entropy there, in nats.</param>
/// <param name="Distance">How far the weights went, ‖θ − θ₀‖.</param>
/// <param name="Seconds">Time spent.</param>
public sealed record TrialResult(
    int Dimension, int Replicate, long Weights, double Rate, double Accuracy, double Loss, double Distance, double Seconds);

using Golgi.Training;

namespace Golgi.Jobs;

/// <summary>What <see cref="TrainJob"/> wrote into a run's <c>result.json</c>.</summary>
/// <param name="TestAccuracy">The primary metric on the test set, of the final weights: for classes accuracy, in [0, 1].</param>
/// <param name="Test">The whole evaluation on the test set.</param>
/// <param name="Validation">The same on the validation set.</param>
/// <param name="BestStep">The step with the lowest validation loss; its weights are in the checkpoint <c>best</c>.</param>
/// <param name="BestValidation">On the validation set, at that step.</param>
/// <param name="Outcome">How training ended.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Parameters">Trainable weights, D.</param>
/// <param name="Seconds">Time spent training, over all sittings.</param>
public sealed record TrainingResult(
    double TestAccuracy,
    Evaluation Test,
    Evaluation Validation,
    long BestStep,
    Evaluation BestValidation,
    TrainingOutcome Outcome,
    long Steps,
    long Parameters,
    double Seconds)
{
    /// <summary>Wall time of the backward passes alone, in the last sitting.</summary>
    public double BackwardSeconds { get; init; }
}

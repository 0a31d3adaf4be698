namespace Golgi.Training;

/// <summary>What came of a training run.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Steps">Steps taken.</param>
/// <param name="Validation">On the validation set, at the end.</param>
/// <param name="BestStep">The step with the lowest validation loss, whose weights the checkpoint <c>best</c> holds.</param>
/// <param name="BestValidation">On the validation set, at that step.</param>
/// <param name="Seconds">Time spent, summed over all sittings.</param>
public sealed record TrainingReport(
    TrainingOutcome Outcome, long Steps, Evaluation Validation, long BestStep, Evaluation BestValidation, double Seconds);

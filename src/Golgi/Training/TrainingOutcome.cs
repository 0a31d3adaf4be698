namespace Golgi.Training;

/// <summary>How a training run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All steps were taken.</summary>
    Finished,

    /// <summary>The loss became infinite or not a number; training stopped there.</summary>
    Diverged,
}

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>What the accuracy of a trial is measured on.</summary>
public enum ScoredPart
{
    /// <summary>The validation set.</summary>
    Validation,

    /// <summary>The training set: what was memorized.</summary>
    Train,

    /// <summary>The test set. Choosing a dimension by it spends it.</summary>
    Test,
}

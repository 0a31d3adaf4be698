namespace Golgi.Data;

/// <summary>Which labels networks are trained on.</summary>
public enum TrainingLabels
{
    /// <summary>Those of the data set.</summary>
    True,

    /// <summary>The same, permuted among the examples: <see cref="ShuffledLabels"/>.</summary>
    Shuffled,
}

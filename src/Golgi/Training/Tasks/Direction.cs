namespace Golgi.Training.Tasks;

/// <summary>Which values of a metric are the better ones.</summary>
public enum Direction
{
    /// <summary>The larger.</summary>
    MoreIsBetter,

    /// <summary>The smaller.</summary>
    LessIsBetter,
}

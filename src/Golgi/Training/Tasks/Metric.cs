using System.Globalization;

namespace Golgi.Training.Tasks;

/// <summary>A number that says how a network does.</summary>
/// <param name="Name">As results and logs have it: <c>accuracy</c>, <c>mse</c>.</param>
/// <param name="Direction">Which values are better.</param>
public sealed record Metric(string Name, Direction Direction)
{
    /// <summary>The mean loss over examples, which every task measures.</summary>
    public static Metric Loss { get; } = new("loss", Direction.LessIsBetter);

    /// <summary>True for shares of the examples, in [0, 1]. Default false.</summary>
    public bool IsShare { get; init; }

    /// <summary>What a network whose training diverged is said to have. Default: not a number.</summary>
    public double OfDiverged { get; init; } = double.NaN;

    /// <summary>True where the first value is better than the second.</summary>
    public bool IsBetter(double value, double than) => Direction == Direction.MoreIsBetter ? value > than : value < than;

    /// <summary>A value as people read it: <c>97.40 %</c>, <c>0.0132</c>.</summary>
    public string Text(double value) => IsShare ? $"{value:P2}" : value.ToString("0.0000", CultureInfo.CurrentCulture);
}

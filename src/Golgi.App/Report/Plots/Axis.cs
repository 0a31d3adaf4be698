namespace Golgi.App.Report.Plots;

/// <summary>One axis of a plot: its label, its scale and its range.</summary>
internal sealed record Axis
{
    /// <summary>What is counted, with its unit: "steps", "accuracy".</summary>
    public string Label { get; init; } = "";

    /// <summary>Linear or logarithmic. Default linear.</summary>
    public AxisScale Scale { get; init; }

    /// <summary>Where it begins; null: at the smallest value drawn.</summary>
    public double? Min { get; init; }

    /// <summary>Where it ends; null: at the largest value drawn.</summary>
    public double? Max { get; init; }

    /// <summary>How a tick is written; null: the shortest form that tells ticks apart.</summary>
    public Func<double, string>? Format { get; init; }

    /// <summary>An axis in percent, for fractions from 0 to 1.</summary>
    public static Axis Percent(string label) => new() { Label = label, Format = value => $"{100 * value:0.##} %" };
}

namespace Golgi.App.Report.Plots;

/// <summary>One bar.</summary>
/// <param name="Label">What it stands for.</param>
/// <param name="Value">Its length.</param>
internal sealed record Bar(string Label, double Value)
{
    /// <summary>Lower end of an interval around the value, drawn as a whisker with <see cref="High"/>.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of the interval.</summary>
    public double? High { get; init; }

    /// <summary>Which of the eight colors. Default the first.</summary>
    public int Color { get; init; }

    /// <summary>What is written at its end; null: nothing.</summary>
    public string? Text { get; init; }
}

namespace Golgi.App.Report.Plots;

/// <summary>Values over a common axis.</summary>
/// <param name="Name">What the legend calls it; empty: not in the legend.</param>
/// <param name="X">Places along the horizontal axis.</param>
/// <param name="Y">As many values; those that are not finite leave a gap.</param>
internal sealed record Series(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>How it is drawn. Default: a line.</summary>
    public Mark Mark { get; init; } = Mark.Line;

    /// <summary>Lower ends of an interval around <see cref="Y"/>; with <see cref="High"/>, drawn as a band.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>Upper ends of the interval.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Which of the eight colors; null: by its place in the plot.</summary>
    public int? Color { get; init; }

    /// <summary>One text per point, shown when it is pointed at; null: its values.</summary>
    public IReadOnlyList<string>? Tips { get; init; }
}

namespace Golgi.App.Report.Plots;

/// <summary>How a series is drawn.</summary>
internal enum Mark
{
    /// <summary>A line through the points.</summary>
    Line,

    /// <summary>Points alone.</summary>
    Points,

    /// <summary>Points joined by a line, for few points that were measured one by one.</summary>
    LineAndPoints,

    /// <summary>A dashed line: a reference, a published value.</summary>
    Dashed,
}

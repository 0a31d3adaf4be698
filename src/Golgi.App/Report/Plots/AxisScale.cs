namespace Golgi.App.Report.Plots;

/// <summary>How an axis counts.</summary>
internal enum AxisScale
{
    /// <summary>Equal differences take equal room.</summary>
    Linear,

    /// <summary>Equal factors take equal room; only positive values are drawn.</summary>
    Log,
}

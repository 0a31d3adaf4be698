namespace Golgi.Data.Generators;

/// <summary>How the points of a pen stroke are joined.</summary>
internal enum PenPath
{
    /// <summary>By straight lines.</summary>
    Line,

    /// <summary>By a smooth curve through all points.</summary>
    Curve,

    /// <summary>By a smooth closed curve.</summary>
    Loop,
}

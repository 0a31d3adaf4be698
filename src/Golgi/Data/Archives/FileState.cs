namespace Golgi.Data.Archives;

/// <summary>What a check found out about a file.</summary>
public enum FileState
{
    /// <summary>Byte for byte the published file.</summary>
    Original,

    /// <summary>Not the published file, but one that is known to serve; the note says how it differs.</summary>
    Variant,

    /// <summary>Another file than the published one: damaged, or other data.</summary>
    Differs,

    /// <summary>Not there.</summary>
    Missing,
}

namespace Golgi.Opening;

/// <summary>What a <see cref="NetworkReference"/> names.</summary>
public enum NetworkKind
{
    /// <summary>A run's network, as a checkpoint holds it.</summary>
    Run,

    /// <summary>A file, or a pair of files, that holds architecture and weights.</summary>
    File,

    /// <summary>An architecture of the catalog with weights from a file.</summary>
    Weights,

    /// <summary>An architecture of the catalog with first weights from a seed.</summary>
    Architecture,
}

namespace Golgi.Native;

/// <summary>What became of processor caches whose sizes libtorch could not read.</summary>
public enum CacheRepair
{
    /// <summary>The processor tells the sizes of its caches.</summary>
    NotNeeded,

    /// <summary>It does not; libtorch has not been used yet.</summary>
    Pending,

    /// <summary>oneDNN was told plausible sizes.</summary>
    Done,

    /// <summary>oneDNN could not be told, so convolutions do without it: right, and several times slower.</summary>
    OneDnnOff,

    /// <summary>Neither was possible: convolutions may be wrong here.</summary>
    Failed,
}

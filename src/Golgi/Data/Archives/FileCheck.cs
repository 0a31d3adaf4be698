namespace Golgi.Data.Archives;

/// <summary>What a check found out about one file of a data set.</summary>
/// <param name="Path">The file, or the archive and the file in it.</param>
/// <param name="State">The finding.</param>
/// <param name="Sha256">The digest found; null where there is no file.</param>
/// <param name="Expected">The published digest.</param>
/// <param name="Note">What else is worth saying, or null.</param>
public sealed record FileCheck(string Path, FileState State, string? Sha256, string Expected, string? Note = null);

namespace Golgi.App.Doctor;

/// <summary>A folder in which data sets are looked for.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Origin">Who named it.</param>
/// <param name="Exists">Whether it is there.</param>
internal sealed record FolderState(string Path, string Origin, bool Exists);

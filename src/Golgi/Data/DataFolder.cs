namespace Golgi.Data;

/// <summary>A folder in which data sets are looked for.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Origin">Who named it: <c>--data-dir</c>, <c>GOLGI_DATA</c>, <c>cache</c>.</param>
public sealed record DataFolder(string Path, string Origin);

namespace Golgi.Data;

/// <summary>A data set as it was asked for.</summary>
/// <param name="Name">The whole name: <c>mnist</c>, <c>strokes:60000</c>, <c>folder:PATH</c>.</param>
/// <param name="Argument">What follows the colon, or null.</param>
/// <param name="Options">Where to look and how to divide.</param>
public sealed record DataRequest(string Name, string? Argument, DataOptions Options);

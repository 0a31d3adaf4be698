namespace Golgi.Foundation;

/// <summary>A small picture of work that is under way, for display.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Red, green and blue of each pixel, row by row.</param>
public sealed record Thumbnail(int Width, int Height, IReadOnlyList<byte> Pixels);

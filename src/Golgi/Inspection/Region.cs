namespace Golgi.Inspection;

/// <summary>A rectangle of an input picture, in pixels.</summary>
/// <param name="Top">First row.</param>
/// <param name="Left">First column.</param>
/// <param name="Height">Rows; 0 where nothing of the picture is seen.</param>
/// <param name="Width">Columns.</param>
public sealed record Region(int Top, int Left, int Height, int Width);

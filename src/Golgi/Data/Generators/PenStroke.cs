namespace Golgi.Data.Generators;

/// <summary>One movement of the pen: points that it passes, on a sheet whose digit fills 0..100 in both directions, y
/// downwards.</summary>
/// <param name="Kind">How the points are joined.</param>
/// <param name="Points">x, y, x, y, ...</param>
internal sealed record PenStroke(PenPath Kind, params double[] Points);

namespace Golgi.Ascent.Transforms;

/// <summary>From a pixel of the view to the pixel of the picture that it shows, both from their centers: p = A q + t,
/// row and column.</summary>
/// <param name="YY">Rows from rows.</param>
/// <param name="YX">Rows from columns.</param>
/// <param name="Y">Rows, constant.</param>
/// <param name="XY">Columns from rows.</param>
/// <param name="XX">Columns from columns.</param>
/// <param name="X">Columns, constant.</param>
internal readonly record struct Affine(double YY, double YX, double Y, double XY, double XX, double X)
{
    public static Affine Identity { get; } = new(1, 0, 0, 0, 1, 0);

    public static Affine Shift(double rows, double columns) => Identity with { Y = rows, X = columns };

    public static Affine Scale(double factor) => Identity with { YY = factor, XX = factor };

    public static Affine Turn(double radians)
    {
        double cosine = Math.Cos(radians), sine = Math.Sin(radians);
        return new Affine(cosine, sine, 0, -sine, cosine, 0);
    }

    /// <summary>What shows the picture through this after <paramref name="next"/>: p = this(next(q)).</summary>
    public Affine Then(Affine next) => new(
        (YY * next.YY) + (YX * next.XY),
        (YY * next.YX) + (YX * next.XX),
        (YY * next.Y) + (YX * next.X) + Y,
        (XY * next.YY) + (XX * next.XY),
        (XY * next.YX) + (XX * next.XX),
        (XY * next.Y) + (XX * next.X) + X);
}

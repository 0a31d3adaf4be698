using Golgi.Numerics.Random;

namespace Golgi.Data.Generators;

/// <summary>Draws one digit after another on 28x28 pixels. Uses only operations that IEEE 754 rounds in one way (no
/// sine, no logarithm), so that the same numbers give the same bytes on every machine. Not safe for use from two
/// threads.</summary>
internal sealed class DigitPen
{
    public const int Side = 28;
    private const int Pixels = Side * Side;
    private const int StepsPerCurvePiece = 5; // straight pieces between two points of a curve
    private const int Knots = 4;              // of the elastic field, in each direction
    private const ulong NoiseStart = 1 << 20; // the noise reads its stream far behind the shape

    private readonly double[] depth = new double[Pixels]; // how deep a pixel lies inside the ink, in pixels; negative: outside
    private readonly double[] field = new double[2 * Knots * Knots];
    private readonly uint[] noise = new uint[Pixels];
    private readonly List<(double X, double Y)> path = [];
    private PenStyle style = new();

    /// <summary>Draws the digit of a stream.</summary>
    /// <param name="image">784 bytes, row by row; overwritten.</param>
    /// <returns>The digit.</returns>
    public int Draw(ulong seed, ulong stream, Span<byte> image)
    {
        var philox = new Philox(seed, stream);
        var random = philox.Reader();
        int digit = random.Next(DigitShapes.OfDigit.Count);
        var variants = DigitShapes.OfDigit[digit];
        var strokes = variants[random.Next(variants.Count)];

        style = PenStyle.Draw(random);
        for (int i = 0; i < field.Length; i++) field[i] = random.Uniform(-style.Elastic, style.Elastic);
        Array.Fill(depth, double.NegativeInfinity);
        foreach (var stroke in strokes) Trace(stroke, random);
        philox.Fill(noise, NoiseStart);
        Develop(image);
        return digit;
    }

    /// <summary>Draws a stroke: its points, each moved a little, deformed, joined, and inked piece by piece.</summary>
    private void Trace(PenStroke stroke, PhiloxReader random)
    {
        path.Clear();
        var points = new (double X, double Y)[stroke.Points.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            double x = (stroke.Points[2 * i] / 100) - 0.5 + random.Uniform(-style.Jitter, style.Jitter);
            double y = (stroke.Points[(2 * i) + 1] / 100) - 0.5 + random.Uniform(-style.Jitter, style.Jitter);
            points[i] = (x, y);
        }

        bool closed = stroke.Kind == PenPath.Loop;
        int pieces = closed ? points.Length : points.Length - 1;
        for (int i = 0; i < pieces; i++) Flatten(points, i, closed, stroke.Kind == PenPath.Line);
        path.Add(Place(points[closed ? 0 : ^1]));

        for (int i = 0; i + 1 < path.Count; i++)
        {
            double along = (i + 0.5) / (path.Count - 1);
            Ink(path[i], path[i + 1], style.Radius * (1 + (style.Pressure * ((2 * along) - 1))));
        }
    }

    /// <summary>Adds the piece from point i to the next, without its end: straight, or Catmull and Rom's cubic
    /// (1974).</summary>
    private void Flatten((double X, double Y)[] points, int i, bool closed, bool straight)
    {
        int n = points.Length;
        var b = points[i];
        var c = points[(i + 1) % n];
        var a = closed ? points[(i + n - 1) % n] : i > 0 ? points[i - 1] : b;
        var d = closed ? points[(i + 2) % n] : i + 2 < n ? points[i + 2] : c;
        for (int step = 0; step < StepsPerCurvePiece; step++)
        {
            double t = (double)step / StepsPerCurvePiece;
            path.Add(Place(straight
                ? (b.X + (t * (c.X - b.X)), b.Y + (t * (c.Y - b.Y)))
                : (Cubic(a.X, b.X, c.X, d.X, t), Cubic(a.Y, b.Y, c.Y, d.Y, t))));
        }
    }

    private static double Cubic(double a, double b, double c, double d, double t) =>
        b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * (d - a + (3 * (b - c))))))));

    /// <summary>From the sheet, [-0.5, 0.5]², to pixels: the elastic field, then the style's linear map and
    /// shift.</summary>
    private (double X, double Y) Place((double X, double Y) point)
    {
        double u = Math.Clamp((point.X + 0.5) * (Knots - 1), 0, Knots - 1.001);
        double v = Math.Clamp((point.Y + 0.5) * (Knots - 1), 0, Knots - 1.001);
        int column = (int)u, row = (int)v;
        double s = Smooth(u - column), t = Smooth(v - row);
        double Bend(int axis)
        {
            int at = (2 * ((row * Knots) + column)) + axis;
            double above = field[at] + (s * (field[at + 2] - field[at]));
            double below = field[at + (2 * Knots)] + (s * (field[at + (2 * Knots) + 2] - field[at + (2 * Knots)]));
            return above + (t * (below - above));
        }

        double x = point.X + Bend(0), y = point.Y + Bend(1);
        return ((style.XX * x) + (style.XY * y) + style.ShiftX, (style.YX * x) + (style.YY * y) + style.ShiftY);
    }

    private static double Smooth(double t) => t * t * (3 - (2 * t));

    /// <summary>Inks a straight piece with round ends: raises each near pixel to radius minus its distance.</summary>
    private void Ink((double X, double Y) from, (double X, double Y) to, double radius)
    {
        double reach = radius + 1, dx = to.X - from.X, dy = to.Y - from.Y, squared = (dx * dx) + (dy * dy);
        double inverse = squared > 0 ? 1 / squared : 0;
        int left = Math.Max(0, (int)Math.Floor(Math.Min(from.X, to.X) - reach));
        int right = Math.Min(Side - 1, (int)Math.Ceiling(Math.Max(from.X, to.X) + reach));
        int top = Math.Max(0, (int)Math.Floor(Math.Min(from.Y, to.Y) - reach));
        int bottom = Math.Min(Side - 1, (int)Math.Ceiling(Math.Max(from.Y, to.Y) + reach));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                double px = column - from.X, py = row - from.Y;
                double t = Math.Clamp(((px * dx) + (py * dy)) * inverse, 0, 1);
                double ex = px - (t * dx), ey = py - (t * dy);
                double inside = radius - Math.Sqrt((ex * ex) + (ey * ey));
                if (inside > depth[(row * Side) + column]) depth[(row * Side) + column] = inside;
            }
        }
    }

    /// <summary>From depth to grey: an edge as wide as a pixel or more, then noise that grows with the ink.</summary>
    private void Develop(Span<byte> image)
    {
        for (int i = 0; i < Pixels; i++)
        {
            double coverage = Math.Clamp(0.5 + (depth[i] * style.Sharpness), 0, 1);
            uint bits = noise[i];

            // The sum of four random bytes is nearly normal: mean 510, deviation 147.8.
            double sum = (bits & 255) + ((bits >> 8) & 255) + ((bits >> 16) & 255) + (bits >> 24);
            double grain = (sum - 510) * (1 / 147.8);
            double grey = (coverage * style.Darkness * (1 + (style.Grain * grain))) + (style.Speckle * grain);
            image[i] = (byte)Math.Floor((Math.Clamp(grey, 0, 1) * 255) + 0.5);
        }
    }
}

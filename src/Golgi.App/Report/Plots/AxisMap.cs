namespace Golgi.App.Report.Plots;

/// <summary>An axis laid on pixels: from values to places, and its ticks.</summary>
internal sealed class AxisMap
{
    private readonly Axis axis;
    private readonly double low;
    private readonly double high;
    private readonly double start;
    private readonly double end;

    /// <summary>Lays an axis over values.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that must be seen; those that cannot be drawn are passed over.</param>
    /// <param name="start">The pixel of the axis' begin.</param>
    /// <param name="end">The pixel of its end; may lie below <paramref name="start"/>.</param>
    public AxisMap(Axis axis, IEnumerable<double> values, double start, double end)
    {
        this.axis = axis;
        this.start = start;
        this.end = end;
        double[] drawn = [.. values.Where(Drawable).Select(Place)];
        double least = drawn.DefaultIfEmpty(0).Min(), most = drawn.DefaultIfEmpty(1).Max();
        double margin = 0.04 * (most - least); // so that no mark lies on the frame
        bool fromZero = axis.Scale == AxisScale.Linear && least >= 0 && least - margin < 0;
        low = axis.Min is { } min ? Place(min) : fromZero ? 0 : least - margin;
        high = axis.Max is { } max ? Place(max) : most + margin;
        if (high - low > 1e-12 * Math.Max(1, Math.Abs(high))) return;

        double half = low == 0 ? 0.5 : 0.1 * Math.Abs(low);
        (low, high) = (low - half, high + half);
    }

    /// <summary>True if a value has a place on this axis.</summary>
    public bool Drawable(double value) => double.IsFinite(value) && (axis.Scale == AxisScale.Linear || value > 0);

    /// <summary>The pixel of a value.</summary>
    public double Pixel(double value) => start + ((Place(value) - low) / (high - low) * (end - start));

    /// <summary>Where lines and numbers stand: round values inside the range.</summary>
    /// <param name="most">About how many.</param>
    public IReadOnlyList<(double Value, string Text)> Ticks(int most)
    {
        double[] values = axis.Scale == AxisScale.Log ? Decades(most) : Round(most);
        string digits = $"0.{new string('#', values.Length > 1 ? Digits(values[1] - values[0]) : 2)}";
        return [.. values.Select(value => (value, axis.Format?.Invoke(value) ?? Write(value, digits)))];
    }

    private double Place(double value) => axis.Scale == AxisScale.Log ? Math.Log10(value) : value;

    private double[] Round(int most)
    {
        double raw = (high - low) / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 };
        double first = Math.Ceiling((low / step) - 1e-9);
        int count = (int)Math.Floor((high / step) - first + 1e-9) + 1;
        return [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => (first + i) * step)];
    }

    private double[] Decades(int most)
    {
        int first = (int)Math.Ceiling(low - 1e-9);
        int last = (int)Math.Floor(high + 1e-9);
        if (last - first < 2) return Within([1, 2, 5], first - 1, last + 1);

        int stride = Math.Max(1, (last - first + 1 + most - 1) / most);
        return [.. Enumerable.Range(0, ((last - first) / stride) + 1).Select(i => Math.Pow(10, first + (i * stride)))];
    }

    /// <summary>Few decades need ticks between powers of ten.</summary>
    private double[] Within(double[] factors, int first, int last) =>
    [
        .. Enumerable.Range(first, last - first + 1)
            .SelectMany(power => factors.Select(factor => factor * Math.Pow(10, power)))
            .Where(value => Math.Log10(value) >= low - 1e-9 && Math.Log10(value) <= high + 1e-9),
    ];

    private static int Digits(double step) => Math.Clamp((int)Math.Ceiling(-Math.Log10(Math.Abs(step)) + 1e-9), 0, 12);

    private string Write(double value, string digits)
    {
        double size = Math.Abs(value);
        if (size >= 1e6 || (size > 0 && size < 1e-4)) return value.ToString("0.#e0");
        if (axis.Scale == AxisScale.Log) return value.ToString("#,0.####");
        return value.ToString(size >= 10_000 ? "#,0" : digits);
    }
}

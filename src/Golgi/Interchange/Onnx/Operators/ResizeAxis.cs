using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>The resizing of one axis.</summary>
internal sealed class ResizeAxis(long from, long to, double scale, (double Start, double End)? region, ResizeSettings settings)
{
    /// <summary>Resizes one axis of a tensor.</summary>
    public Tensor Apply(Tensor x, int axis)
    {
        if (settings.Mode == "nearest")
        {
            long[] places = [.. Enumerable.Range(0, (int)to).Select(i => Math.Clamp(Nearest(Source(i)), 0, from - 1))];
            return x.index_select(axis, tensor(places, ScalarType.Int64));
        }

        var weights = tensor(Weights(), ScalarType.Float64).reshape(to, from).to(x.dtype);
        return x.transpose(axis, -1).matmul(weights.t()).transpose(axis, -1).contiguous();
    }

    /// <summary>Which places of the output lie beyond the input.</summary>
    public bool[] Outside() => [.. Enumerable.Range(0, (int)to).Select(i => Source(i) < 0 || Source(i) > from - 1)];

    // The place in the input that a place of the output comes from.
    private double Source(int place)
    {
        double length = scale * from;
        switch (settings.Transform)
        {
            case "asymmetric": return place / scale;
            case "align_corners": return to == 1 ? 0 : place * (from - 1.0) / (length - 1.0);
            case "pytorch_half_pixel": return to > 1 ? ((place + 0.5) / scale) - 0.5 : 0;
            case "tf_half_pixel_for_nn": return (place + 0.5) / scale;
            case "half_pixel_symmetric":
                double adjustment = to / length, center = from / 2.0;
                return (center * (1 - adjustment)) + ((place + 0.5) / scale) - 0.5;
            case "tf_crop_and_resize":
                var (start, end) = region ?? (0, 1);
                return to > 1
                    ? (start * (from - 1)) + (place * (end - start) * (from - 1) / (length - 1))
                    : 0.5 * (start + end) * (from - 1);
            case "half_pixel": return ((place + 0.5) / scale) - 0.5;
            default: throw new InvalidDataException($"Resize transforms coordinates by '{settings.Transform}', which the format does not have.");
        }
    }

    private long Nearest(double place) => settings.Rounding switch
    {
        "floor" => (long)Math.Floor(place),
        "ceil" => (long)Math.Ceiling(place),
        "round_prefer_ceil" => (long)Math.Floor(place + 0.5),
        _ => (long)Math.Ceiling(place - 0.5),
    };

    private double[] Weights()
    {
        double[] matrix = new double[to * from];
        double widen = settings.Antialias && scale < 1 ? 1 / scale : 1;
        double reach = (settings.Mode == "cubic" ? 2 : 1) * widen;
        for (int i = 0; i < to; i++)
        {
            double source = Source(i), sum = 0;
            var row = matrix.AsSpan((int)(i * from), (int)from);
            for (long j = (long)Math.Ceiling(source - reach); j <= (long)Math.Floor(source + reach); j++)
            {
                double weight = Value((source - j) / widen);
                bool inside = j >= 0 && j < from;
                if (!inside && settings.ExcludeOutside) continue;
                row[(int)Math.Clamp(j, 0, from - 1)] += weight;
                sum += weight;
            }

            if (sum == 0) continue;
            for (int j = 0; j < from; j++) row[j] /= sum;
        }

        return matrix;
    }

    private double Value(double distance)
    {
        double d = Math.Abs(distance), a = settings.CubicA;
        if (settings.Mode == "linear") return Math.Max(0, 1 - d);
        return d < 1 ? (((((a + 2) * d) - (a + 3)) * d) * d) + 1
            : d < 2 ? ((((((a * d) - (5 * a)) * d) + (8 * a)) * d) - (4 * a))
            : 0;
    }
}

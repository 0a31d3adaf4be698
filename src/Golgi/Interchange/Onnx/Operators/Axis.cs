namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Axes, which may count from the end.</summary>
internal static class Axis
{
    /// <summary>An axis in [0, rank).</summary>
    /// <exception cref="InvalidDataException">It is none of a tensor of that rank.</exception>
    public static long Of(long axis, long rank)
    {
        long result = axis < 0 ? axis + rank : axis;
        return result >= 0 && result < Math.Max(rank, 1)
            ? result
            : throw new InvalidDataException($"Axis {axis} is not one of a tensor with {rank} dimensions.");
    }

    /// <summary>A place between axes, in [0, rank]: where a shape is cut in two.</summary>
    public static int Cut(long axis, long rank)
    {
        long result = axis < 0 ? axis + rank : axis;
        return result >= 0 && result <= rank
            ? (int)result
            : throw new InvalidDataException($"Axis {axis} does not cut a tensor with {rank} dimensions.");
    }

    /// <summary>Several, each once.</summary>
    public static long[] Of(IEnumerable<long> axes, long rank)
    {
        long[] all = [.. axes.Select(axis => Of(axis, rank))];
        return all.Distinct().Count() == all.Length ? all : throw new InvalidDataException($"Axes [{string.Join(", ", all)}] name one twice.");
    }
}

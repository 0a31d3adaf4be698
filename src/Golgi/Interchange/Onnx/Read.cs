using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Numbers out of small tensors.</summary>
internal static class Read
{
    private const long Most = 1 << 20;

    /// <summary>All values as whole numbers.</summary>
    public static long[] Integers(Tensor tensor)
    {
        if (tensor.numel() > Most) throw new InvalidDataException($"A tensor of {tensor.numel()} values serves as a list of sizes or axes.");
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }

    /// <summary>All values as doubles.</summary>
    public static double[] Doubles(Tensor tensor)
    {
        if (tensor.numel() > Most) throw new InvalidDataException($"A tensor of {tensor.numel()} values serves as a list of factors.");
        using var scope = NewDisposeScope();
        return tensor.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();
    }

    public static long Integer(Tensor tensor) =>
        Integers(tensor) is [var value, ..] ? value : throw new InvalidDataException("An empty tensor serves as a number.");

    public static double Double(Tensor tensor) =>
        Doubles(tensor) is [var value, ..] ? value : throw new InvalidDataException("An empty tensor serves as a number.");
}

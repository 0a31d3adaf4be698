using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>Moves bytes between files and a tensor's own memory, in pieces that a span can hold.</summary>
internal static class TensorBytes
{
    private const long Piece = 1 << 28;

    /// <summary>The size of one element in bytes.</summary>
    public static long Size(ScalarType type) => type switch
    {
        ScalarType.Bool or ScalarType.Byte or ScalarType.Int8 => 1,
        ScalarType.Int16 or ScalarType.Float16 or ScalarType.BFloat16 => 2,
        ScalarType.Int32 or ScalarType.Float32 => 4,
        ScalarType.Int64 or ScalarType.Float64 or ScalarType.ComplexFloat32 => 8,
        ScalarType.ComplexFloat64 => 16,
        _ => throw new ArgumentException($"Files do not hold tensors of type {type}.", nameof(type)),
    };

    /// <summary>shape's product times the element size, or -1 where a dimension is negative or the product overflows.</summary>
    public static long Length(ReadOnlySpan<long> shape, ScalarType type)
    {
        long bytes = Size(type);
        bool empty = false;
        foreach (long extent in shape)
        {
            if (extent < 0) return -1;
            if (extent == 0) empty = true;
            else if (bytes > long.MaxValue / extent) return -1;
            else bytes *= extent;
        }

        return empty ? 0 : bytes;
    }

    /// <summary>Calls <paramref name="visit"/> with the bytes of a contiguous tensor on the CPU, piece by piece.</summary>
    public static void Visit(Tensor tensor, Action<long, Memory> visit)
    {
        long size = Size(tensor.dtype), count = tensor.numel(), step = Piece / size;
        if (count == 0) return;
        using var flat = tensor.view(-1);
        for (long start = 0; start < count; start += step)
        {
            using var piece = flat.narrow(0, start, Math.Min(step, count - start));
            visit(start * size, new Memory(piece));
        }
    }

    /// <summary>Fills a contiguous tensor on the CPU from a file.</summary>
    /// <exception cref="EndOfStreamException">The file ends before the tensor is full.</exception>
    public static void Fill(Tensor tensor, SafeFileHandle file, long offset) => Visit(tensor, (at, memory) =>
    {
        var span = memory.Span;
        for (int done = 0; done < span.Length;)
        {
            int got = RandomAccess.Read(file, span[done..], offset + at + done);
            if (got == 0) throw new EndOfStreamException();
            done += got;
        }
    });

    /// <summary>A piece of a tensor's memory; the span is valid during the visit only.</summary>
    public readonly struct Memory(Tensor piece)
    {
        public Span<byte> Span => piece.bytes;
    }
}

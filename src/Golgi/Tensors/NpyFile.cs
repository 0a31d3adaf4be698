using Golgi.Foundation;
using Microsoft.Win32.SafeHandles;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>An open .npy array that is read by blocks of rows, so that memory does not grow with the file.</summary>
public sealed class NpyFile : IDisposable
{
    private readonly SafeFileHandle file;
    private readonly NpyHeader header;
    private readonly string path;

    /// <summary>Opens an array and checks its header against the file's length.</summary>
    /// <param name="path">A .npy file, version 1 to 3, C or Fortran order, either byte order.</param>
    /// <exception cref="InvalidDataException">It is not a whole .npy file, or its type is not one that torch has.</exception>
    public NpyFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = path;
        using (var stream = File.OpenRead(path)) header = NpyHeader.Read(path, stream, stream.Length);
        file = File.OpenHandle(path, options: FileOptions.RandomAccess);
    }

    /// <summary>The array's shape.</summary>
    public IReadOnlyList<long> Shape => header.Shape;

    /// <summary>The type that rows come in.</summary>
    public ScalarType Type => header.Type;

    /// <summary>Reads rows: indices <paramref name="start"/> to <paramref name="start"/> + <paramref name="count"/> − 1 of the first
    /// dimension.</summary>
    /// <param name="start">First row, in [0, Shape[0]].</param>
    /// <param name="count">How many rows, in [0, Shape[0] − start].</param>
    /// <returns>[count, ...Shape[1..]], contiguous, on the CPU; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The array has no dimensions, or the rows are not all there.</exception>
    /// <exception cref="InvalidDataException">The file became shorter since it was opened.</exception>
    /// <remarks>Fortran order costs one read per column and block.</remarks>
    public Tensor ReadRows(long start, long count)
    {
        if (header.Shape.Length == 0) throw new ArgumentException($"{path} holds a single number; it has no rows. Use Npy.Read.");
        Check.InRange(start, 0, header.Shape[0]);
        Check.InRange(count, 0, header.Shape[0] - start);
        using var scope = NewDisposeScope();
        long[] shape = [count, .. header.Shape[1..]];
        try
        {
            var rows = header.Fortran ? ReadColumns(start, shape) : ReadContiguous(start, shape);
            return (header.BigEndian ? Swapped(rows) : rows).MoveToOuterDisposeScope();
        }
        catch (EndOfStreamException)
        {
            throw NpyHeader.Bad(path, RandomAccess.GetLength(file), "the file became shorter since it was opened");
        }
    }

    /// <summary>Reads the whole array.</summary>
    /// <returns>A tensor of <see cref="Shape"/>, contiguous, on the CPU; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file became shorter since it was opened.</exception>
    public Tensor ReadAll()
    {
        if (header.Shape.Length > 0) return ReadRows(0, header.Shape[0]);
        using var scope = NewDisposeScope();
        var value = ReadContiguous(0, []);
        return (header.BigEndian ? Swapped(value) : value).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private Tensor ReadContiguous(long start, long[] shape)
    {
        var rows = empty(shape, header.Type);
        long row = header.Shape.Length == 0 ? 0 : TensorBytes.Length(header.Shape.AsSpan(1), header.Type);
        TensorBytes.Fill(rows, file, header.Start + (start * row));
        return rows;
    }

    private Tensor ReadColumns(long start, long[] shape)
    {
        long[] reversed = [.. shape.Reverse()];
        var columns = empty(reversed, header.Type);
        long size = TensorBytes.Size(header.Type), height = header.Shape[0], count = shape[0];
        if (count == height)
        {
            TensorBytes.Fill(columns, file, header.Start);
        }
        else if (columns.numel() > 0)
        {
            using var flat = columns.view(-1, count);
            for (long column = 0; column < flat.shape[0]; column++)
            {
                using var part = flat[column];
                TensorBytes.Fill(part, file, header.Start + (((column * height) + start) * size));
            }
        }

        return columns.permute([.. Enumerable.Range(0, shape.Length).Select(i => (long)(shape.Length - 1 - i))]).contiguous();
    }

    private Tensor Swapped(Tensor values)
    {
        if (header.Word == 1) return values;
        TensorBytes.Visit(values, (_, memory) => Npy.SwapWords(memory.Span, header.Word));
        return values;
    }
}

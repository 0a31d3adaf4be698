using System.Buffers.Binary;
using System.IO.Compression;

namespace Golgi.Tests.Data;

/// <summary>Makes IDX files for tests.</summary>
internal static class IdxBytes
{
    public static byte[] Of(byte[] values, params int[] shape)
    {
        byte[] file = new byte[4 + (4 * shape.Length) + values.Length];
        file[2] = 8;
        file[3] = (byte)shape.Length;
        for (int i = 0; i < shape.Length; i++) BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(4 + (4 * i)), shape[i]);
        values.CopyTo(file.AsSpan(4 + (4 * shape.Length)));
        return file;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(content);
        return memory.ToArray();
    }

    /// <summary>A small MNIST look-alike: four .gz files in folder/mnist.</summary>
    public static void WriteMnist(Scratch scratch, int train, int test)
    {
        byte[] Images(int n) => [.. Enumerable.Range(0, n * 784).Select(i => (byte)((i / 784) + (i % 7)))];
        byte[] Labels(int n) => [.. Enumerable.Range(0, n).Select(i => (byte)(i % 10))];
        scratch.Write("mnist/train-images-idx3-ubyte.gz", Gzip(Of(Images(train), train, 28, 28)));
        scratch.Write("mnist/train-labels-idx1-ubyte.gz", Gzip(Of(Labels(train), train)));
        scratch.Write("mnist/t10k-images-idx3-ubyte.gz", Gzip(Of(Images(test), test, 28, 28)));
        scratch.Write("mnist/t10k-labels-idx1-ubyte.gz", Gzip(Of(Labels(test), test)));
    }
}

using System.Text;
using Golgi.Data;
using Golgi.Foundation;

namespace Golgi.Instruments.Dimension.Files;

/// <summary>Reads and writes <see cref="KilobyteNetwork"/> files.</summary>
/// <remarks>Little endian: <c>GKN1</c>; names of model, initialization and projection; input shape; classes; scale, means and deviations of the
/// preprocessing; seed; d; the code's tag and size; the coordinates; the fingerprint of the weights that they make. Names and
/// whole numbers are written as <see cref="BinaryWriter"/> does it, whole numbers in seven-bit groups.</remarks>
public static class KilobyteFile
{
    private static readonly byte[] Magic = "GKN1"u8.ToArray();

    /// <summary>Writes a network, whole or not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="network">What is written.</param>
    /// <returns>How many bytes the file has.</returns>
    public static long Write(string path, KilobyteNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var expanded = network.Expand();
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Magic);
            writer.Write(network.Model);
            writer.Write(network.Initialization);
            writer.Write(network.Projection);
            WriteAll(writer, network.InputShape, (w, side) => w.Write7BitEncodedInt64(side));
            writer.Write7BitEncodedInt(network.Classes);
            writer.Write(network.Preprocessing.Scale);
            WriteAll(writer, network.Preprocessing.Mean, (w, value) => w.Write(value));
            WriteAll(writer, network.Preprocessing.Std, (w, value) => w.Write(value));
            writer.Write(network.Seed);
            writer.Write7BitEncodedInt(network.Dimension);
            writer.Write(network.Code.Tag);
            writer.Write7BitEncodedInt(network.Code.Levels);
            writer.Write([.. network.Payload]);
            writer.Write(KilobyteNetwork.Fingerprint(expanded));
        }

        AtomicFile.Write(path, stream => stream.Write(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        return memory.Length;
    }

    /// <summary>Reads a file and makes its network.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What the file says, and the network itself; the caller owns the network.</returns>
    /// <exception cref="InvalidDataException">The file is no such file or is damaged, or its seed and coordinates do not make the weights that they
    /// made when it was written.</exception>
    public static (KilobyteNetwork Description, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> Network) Read(
        string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path), Encoding.UTF8);
            var description = Describe(reader, path);
            ulong fingerprint = reader.ReadUInt64();
            if (reader.BaseStream.Position != reader.BaseStream.Length) throw Bad(path, "there are bytes after its end");
            var network = description.Expand();
            if (KilobyteNetwork.Fingerprint(network) == fingerprint) return (description, network);
            network.Dispose();
            throw Bad(
                path, "seed and coordinates do not make the weights that they made when it was written: the seed, the architecture or a coordinate "
                    + "was changed");
        }
        catch (Exception error) when (error is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw Bad(path, error is EndOfStreamException ? "it ends too early" : error.Message);
        }
    }

    private static KilobyteNetwork Describe(BinaryReader reader, string path)
    {
        if (!reader.ReadBytes(4).AsSpan().SequenceEqual(Magic)) throw Bad(path, "it does not begin with GKN1");
        string model = reader.ReadString(), initialization = reader.ReadString(), projection = reader.ReadString();
        long[] shape = ReadAll(reader, r => r.Read7BitEncodedInt64());
        int classes = reader.Read7BitEncodedInt();
        var preprocessing = new Preprocessing
        {
            Scale = reader.ReadDouble(),
            Mean = ReadAll(reader, r => r.ReadDouble()),
            Std = ReadAll(reader, r => r.ReadDouble()),
        };
        ulong seed = reader.ReadUInt64();
        int dimension = reader.Read7BitEncodedInt();
        byte tag = reader.ReadByte();
        var code = CoordinateCode.FromTag(tag, reader.Read7BitEncodedInt()) ?? throw Bad(path, $"it has no code for coordinates with the tag {tag}");
        long left = reader.BaseStream.Length - reader.BaseStream.Position;
        if (dimension < 1 || code.Size(dimension) > left) throw Bad(path, $"it promises {dimension} coordinates and has {left} bytes left");
        byte[] payload = reader.ReadBytes(code.Size(dimension));
        return new KilobyteNetwork(model, shape, classes, initialization, preprocessing, projection, seed, dimension, code, payload);
    }

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyList<T> values, Action<BinaryWriter, T> write)
    {
        writer.Write7BitEncodedInt(values.Count);
        foreach (var value in values) write(writer, value);
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        int count = reader.Read7BitEncodedInt();
        if (count is < 0 or > 64) throw new FormatException($"a list of {count} numbers is not one of this format");
        return [.. Enumerable.Range(0, count).Select(_ => read(reader))];
    }

    private static InvalidDataException Bad(string path, string why) => new($"{path} is not a whole kilobyte network: {why}.");
}

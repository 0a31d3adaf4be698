namespace Golgi.Interchange.Onnx;

/// <summary>Where a tensor's bytes lie in another file beside the model.</summary>
/// <param name="Folder">The model's folder.</param>
/// <param name="Location">The file, relative to the folder and below it.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">How many; −1: up to the end that the shape asks for.</param>
internal sealed record OnnxExternal(string Folder, string Location, long Offset, long Length)
{
    public ReadOnlyMemory<byte> Read(OnnxTensor tensor, long needed)
    {
        if (Location.Length == 0 || Path.IsPathRooted(Location) || Location.Split('/', '\\').Contains(".."))
        {
            throw tensor.Bad($"lies in '{Location}', which is not a file below the model's folder");
        }

        string path = Path.Combine(Folder, Location);
        using var file = File.Exists(path) ? File.OpenHandle(path) : throw tensor.Bad($"lies in '{path}', which is not there");
        long available = RandomAccess.GetLength(file);
        if (Offset < 0 || Offset > available || needed > available - Offset || (Length >= 0 && Length != needed) || needed > Array.MaxLength)
        {
            throw tensor.Bad($"needs {needed} bytes at {Offset} of '{path}', which has {available}");
        }

        byte[] bytes = new byte[needed];
        for (int done = 0; done < bytes.Length;)
        {
            int got = RandomAccess.Read(file, bytes.AsSpan(done), Offset + done);
            if (got == 0) throw tensor.Bad($"lies in '{path}', which became shorter");
            done += got;
        }

        return bytes;
    }
}

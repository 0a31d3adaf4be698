using Golgi.Interchange.Wire;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Interchange.Caffe;

/// <summary>Reads the weights of a caffemodel, in the old form (V1 layers) or the new one, and mean images (.binaryproto).</summary>
public static class CaffeWeights
{
    // Where the two forms of a layer keep their name and their blobs.
    private const int NewLayer = 100, NewName = 1, NewBlob = 7;
    private const int OldLayer = 2, OldName = 4, OldBlob = 6;

    /// <summary>Reads all blobs of a file.</summary>
    /// <returns>Blob i of a layer as <c>LAYER.i</c>: 0 is the weight, 1 the bias. float32; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static NamedTensors Read(string path)
    {
        var reader = new WireReader(path, Bytes(path));
        var result = new NamedTensors();
        try
        {
            while (reader.Next())
            {
                if (reader.Field is NewLayer && reader.Type == 2) Layer(reader.Message(), NewName, NewBlob, result);
                else if (reader.Field is OldLayer && reader.Type == 2) Layer(reader.Message(), OldName, OldBlob, result);
                else reader.Skip();
            }

            return result.Count > 0
                ? result
                : throw new InvalidDataException($"{path}: the file holds no layer with weights; it is not a caffemodel.");
        }
        catch (ArgumentException error)
        {
            result.Dispose();
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>Reads a mean image.</summary>
    /// <returns>float32 [C, H, W]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or is not one image.</exception>
    public static Tensor ReadMean(string path)
    {
        using var blob = CaffeBlob.Parse(new WireReader(path, Bytes(path)));
        return blob.dim() == 4 && blob.shape[0] == 1
            ? blob[0].clone()
            : throw new InvalidDataException($"{path}: a mean image is one image [1, C, H, W]; this is [{string.Join(", ", blob.shape)}].");
    }

    private static void Layer(WireReader reader, int nameField, int blobField, NamedTensors result)
    {
        string name = "";
        var blobs = new List<Tensor>();
        try
        {
            while (reader.Next())
            {
                if (reader.Field == nameField) name = reader.Text();
                else if (reader.Field == blobField) blobs.Add(CaffeBlob.Parse(reader.Message()));
                else reader.Skip();
            }

            for (int i = 0; i < blobs.Count; i++) result.Add($"{name}.{i}", blobs[i]);
        }
        catch
        {
            foreach (var blob in blobs) blob.Dispose();
            throw;
        }
    }

    private static byte[] Bytes(string path) => new FileInfo(path).Length <= Array.MaxLength
        ? File.ReadAllBytes(path)
        : throw new InvalidDataException($"{path}: a caffemodel is smaller than 2 GB.");
}

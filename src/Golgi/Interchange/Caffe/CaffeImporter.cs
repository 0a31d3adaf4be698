using Golgi.Interchange.Onnx;

namespace Golgi.Interchange.Caffe;

/// <summary>Makes networks of Caffe's files: a definition (.prototxt) and weights (.caffemodel).</summary>
/// <remarks>Each layer becomes one or two ONNX nodes with the layer's name; the ONNX importer does the rest. Layers for training
/// alone (data, losses, accuracy) are left out.</remarks>
public static class CaffeImporter
{
    /// <summary>Reads both files and makes a network of them.</summary>
    /// <param name="definition">A .prototxt, with <c>layer</c> or the old <c>layers</c>.</param>
    /// <param name="weights">A .caffemodel of the same network, old or new.</param>
    /// <returns>The network, in evaluation mode; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, the two do not fit each other, or a layer is of a kind that Golgi does not
    /// compute.</exception>
    public static OnnxNetwork Import(string definition, string weights)
    {
        ArgumentException.ThrowIfNullOrEmpty(definition);
        if (new FileInfo(definition).Length > 1 << 24) throw new InvalidDataException($"{definition}: a definition is smaller than 16 MB.");
        var text = TextMessage.Parse(definition, File.ReadAllText(definition));
        using var blobs = CaffeWeights.Read(weights);
        try
        {
            return OnnxImporter.Import(CaffeGraph.Convert(text, blobs));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{definition}: {error.Message}", error.InnerException ?? error);
        }
    }
}

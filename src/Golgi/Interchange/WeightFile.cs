using Golgi.Interchange.Caffe;
using Golgi.Interchange.Onnx;
using Golgi.Tensors;

namespace Golgi.Interchange;

/// <summary>Reads the weights of any file that Golgi knows, by its ending.</summary>
public static class WeightFile
{
    private static readonly Dictionary<string, Func<string, NamedTensors>> Readers = new(StringComparer.OrdinalIgnoreCase)
    {
        [".safetensors"] = SafeTensors.Read,
        [".npz"] = Npy.ReadArchive,
        [".pt"] = TorchStateDict.Read,
        [".pth"] = TorchStateDict.Read,
        [".th"] = TorchStateDict.Read,
        [".bin"] = TorchStateDict.Read,
        [".caffemodel"] = CaffeWeights.Read,
        [".onnx"] = ReadOnnx,
    };

    /// <summary>The endings, for help texts.</summary>
    public static IReadOnlyCollection<string> Endings => Readers.Keys;

    /// <summary>True where a file's ending is one of those.</summary>
    public static bool Accepts(string path) => Readers.ContainsKey(Path.GetExtension(path));

    /// <summary>Reads all tensors of a file, on the CPU.</summary>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">The ending is none of <see cref="Endings"/>.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static NamedTensors Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'.", path);
        return Readers.TryGetValue(Path.GetExtension(path), out var read)
            ? read(path)
            : throw new ArgumentException(
                $"'{path}' ends in {Path.GetExtension(path)}; weights are read from {string.Join(", ", Endings)}.", nameof(path));
    }

    private static NamedTensors ReadOnnx(string path)
    {
        var result = new NamedTensors();
        foreach (var initializer in OnnxReader.Read(path).Graph.Initializers)
        {
            try
            {
                result.Add(initializer.Name, initializer.ToTensor());
            }
            catch (ArgumentException error)
            {
                throw new InvalidDataException($"{path}: {error.Message}", error);
            }
        }

        return result;
    }
}

using Golgi.Interchange.Caffe;
using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Interchange;

/// <summary>A network as a file holds it: the module, the shape of its inputs, and what kind of file it was.</summary>
/// <param name="Network">The network, in evaluation mode, on the CPU. Owned by this object.</param>
/// <param name="InputShape">The shape of one input without the batch; −1 for sizes that the file leaves open; empty where it says nothing.</param>
/// <param name="Format">What kind of file it was, for people: "ONNX, operator set 13".</param>
public sealed record ModelFile(nn.Module<Tensor, Tensor> Network, IReadOnlyList<long> InputShape, string Format) : IDisposable
{
    /// <summary>What a reference to a model file may be, for help texts.</summary>
    public const string Usage = "MODEL.onnx; or NETWORK.prototxt+WEIGHTS.caffemodel";

    /// <summary>True where a reference names a model file by its ending.</summary>
    public static bool Accepts(string reference) =>
        reference is not null && (reference.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) || CaffePair(reference) is not null);

    /// <summary>Opens a network file.</summary>
    /// <param name="reference">As <see cref="Usage"/> says.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for what Golgi does not compute; the message says where.</exception>
    public static ModelFile Open(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (CaffePair(reference) is var (definition, weights))
        {
            var caffe = CaffeImporter.Import(Existing(definition), Existing(weights));
            return new ModelFile(caffe, caffe.InputShape, "Caffe");
        }

        var network = OnnxImporter.Import(Existing(reference));
        return new ModelFile(network, network.InputShape, $"ONNX, operator set {network.Model.Opsets.GetValueOrDefault("", 0)}");
    }

    /// <summary>The files that a reference names: one, or a definition and weights.</summary>
    public static IReadOnlyList<string> Files(string reference) =>
        CaffePair(reference) is var (definition, weights) ? [definition, weights] : [reference];

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();

    private static (string Definition, string Weights)? CaffePair(string reference)
    {
        const string Middle = ".prototxt+";
        int at = reference.IndexOf(Middle, StringComparison.OrdinalIgnoreCase);
        return at > 0 && reference.EndsWith(".caffemodel", StringComparison.OrdinalIgnoreCase)
            ? (reference[..(at + Middle.Length - 1)], reference[(at + Middle.Length)..])
            : null;
    }

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"There is no file '{path}'.", path);
}

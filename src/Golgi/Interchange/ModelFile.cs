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
    public const string Usage = "MODEL.onnx";

    /// <summary>True where a reference names a model file by its ending.</summary>
    public static bool Accepts(string reference) =>
        reference is not null && reference.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a network file.</summary>
    /// <param name="reference">As <see cref="Usage"/> says.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, or asks for what Golgi does not compute; the message says where.</exception>
    public static ModelFile Open(string reference)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (!File.Exists(reference)) throw new FileNotFoundException($"There is no file '{reference}'.", reference);
        var network = OnnxImporter.Import(reference);
        return new ModelFile(network, network.InputShape, $"ONNX, operator set {network.Model.Opsets.GetValueOrDefault("", 0)}");
    }

    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}

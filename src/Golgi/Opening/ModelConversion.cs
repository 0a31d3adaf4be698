using Golgi.Foundation;
using Golgi.Interchange;
using Golgi.Interchange.Onnx;
using Golgi.Runs;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Opening;

/// <summary>What a conversion wrote.</summary>
/// <param name="From">What was read.</param>
/// <param name="To">The file that was written.</param>
/// <param name="Tensors">How many tensors it holds.</param>
/// <param name="Bytes">How long it is.</param>
public sealed record ModelConversion(string From, string To, int Tensors, long Bytes)
{
    private static readonly string[] Endings = [".onnx", ".safetensors", ".npz"];

    /// <summary>Reads a network or weights of any known kind and writes ONNX, safetensors or npz.</summary>
    /// <param name="reference">A network (run, model file, ARCHITECTURE+WEIGHTS) or a weight file.</param>
    /// <param name="target">The file to write; its ending says how: .onnx, .safetensors, .npz.</param>
    /// <param name="options">How networks are opened.</param>
    /// <exception cref="ArgumentException">The ending is not known, or weights alone are to become a network.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static ModelConversion Write(string reference, string target, SpecimenOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        Check.Known(Path.GetExtension(target), Endings, "ending", nameof(target));
        bool weightsOnly = File.Exists(reference) && WeightFile.Accepts(reference) && !ModelFile.Accepts(reference);
        int tensors = weightsOnly ? WriteWeights(reference, target) : WriteNetwork(reference, target, options);
        return new ModelConversion(reference, target, tensors, new FileInfo(target).Length);
    }

    private static int WriteWeights(string path, string target)
    {
        using var weights = WeightFile.Read(path);
        if (target.EndsWith(".onnx", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"'{path}' holds weights and no network; write ARCHITECTURE+{path}, or NETWORK.prototxt+{path}.", nameof(path));
        }

        return WriteTensors(target, [.. weights.Tensors], weights.Metadata);
    }

    private static int WriteNetwork(string reference, string target, SpecimenOptions? options)
    {
        using var specimen = SpecimenSource.Open(reference, options);
        return WriteModule(specimen.Network, specimen.InputShape, target);
    }

    private static int WriteModule(nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape, string target)
    {
        var state = Checkpoint.StateOf(network);
        if (!target.EndsWith(".onnx", StringComparison.Ordinal)) return WriteTensors(target, state, null);
        OnnxExporter.Export(target, network, inputShape);
        return state.Count;
    }

    private static int WriteTensors(string target, IReadOnlyList<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        if (target.EndsWith(".npz", StringComparison.Ordinal)) Npy.WriteArchive(target, tensors);
        else SafeTensors.Write(target, tensors, metadata);
        return tensors.Count;
    }
}

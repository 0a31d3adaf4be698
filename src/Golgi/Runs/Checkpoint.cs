using System.Security.Cryptography;
using System.Text;
using Golgi.Foundation;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Runs;

/// <summary>Loads safetensors files into tensors that exist already.</summary>
public static class Checkpoint
{
    /// <summary>The weights and buffers of a network, by their names in its state.</summary>
    /// <returns>Borrowed tensors: the network's own.</returns>
    public static IReadOnlyList<(string Name, Tensor Value)> StateOf(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return
        [
            .. network.named_parameters().Select(entry => (entry.name, (Tensor)entry.parameter)),
            .. network.named_buffers().Select(entry => (entry.name, entry.buffer)),
        ];
    }

    /// <summary>SHA-256 over the names, shapes and values of <see cref="StateOf"/>, lower-case hexadecimal.</summary>
    public static string DigestOf(nn.Module network) => DigestOf(StateOf(network));

    /// <summary>SHA-256 over the names, types, shapes and bytes of tensors.</summary>
    /// <param name="tensors">Borrowed.</param>
    public static string DigestOf(IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in tensors)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name} {value.dtype} {Check.Describe(value.shape)}\n"));
            TensorBytes.Visit(value.detach().cpu().contiguous(), (_, memory) => hash.AppendData(memory.Span));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Copies a file's tensors into tensors of the same names and shapes, in place. Either all or none.</summary>
    /// <param name="path">A safetensors file.</param>
    /// <param name="tensors">Where to; borrowed.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or has another shape.</exception>
    public static void Load(string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        using var file = SafeTensors.Read(path);
        Copy(file, path, tensors);
    }

    /// <summary>The same from a file that is open.</summary>
    internal static void Copy(NamedTensors file, string path, IReadOnlyList<(string Name, Tensor Value)> tensors)
    {
        foreach (var (name, value) in tensors)
        {
            if (!file.TryGet(name, out var stored))
            {
                if (Optional(name)) continue;
                throw new InvalidDataException($"{path} has no tensor '{name}': it is a checkpoint of another network.");
            }

            if (!stored.shape.AsSpan().SequenceEqual(value.shape))
            {
                throw new InvalidDataException(
                    $"{path}: '{name}' has shape {Check.Describe(stored.shape)} and the network's {Check.Describe(value.shape)}: "
                    + "it is a checkpoint of another network.");
            }
        }

        using var _ = no_grad();
        foreach (var (name, value) in tensors)
        {
            if (file.TryGet(name, out var stored)) value.copy_(stored);
        }
    }

    /// <summary>A counter of batch normalization that old PyTorch files lack and that outputs do not depend on.</summary>
    private static bool Optional(string name) => name.EndsWith("num_batches_tracked", StringComparison.Ordinal);
}

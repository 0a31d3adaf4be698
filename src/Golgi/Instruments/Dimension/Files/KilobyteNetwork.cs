using System.Security.Cryptography;
using Golgi.Data;
using Golgi.Networks.Catalog;
using Golgi.Weights;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Files;

/// <summary>A trained network as what it takes to make it again: its architecture, a seed, and the coordinates of a subspace.</summary>
/// <param name="Model">The network's name in <see cref="ModelCatalog"/>.</param>
/// <param name="InputShape">The shape of one input.</param>
/// <param name="Classes">Number of outputs.</param>
/// <param name="Initialization">How first weights are drawn from the seed.</param>
/// <param name="Preprocessing">From raw inputs to what the network sees.</param>
/// <param name="Projection">The projection's name.</param>
/// <param name="Seed">Of the first weights and of the projection.</param>
/// <param name="Dimension">d.</param>
/// <param name="Code">How the coordinates are written.</param>
/// <param name="Payload">The coordinates as they are written. Kept as bytes: writing rounded numbers again may round them otherwise.</param>
public sealed record KilobyteNetwork(
    string Model,
    IReadOnlyList<long> InputShape,
    int Classes,
    string Initialization,
    Preprocessing Preprocessing,
    string Projection,
    ulong Seed,
    int Dimension,
    CoordinateCode Code,
    IReadOnlyList<byte> Payload)
{
    /// <summary>The coordinates as they are read back, d numbers.</summary>
    public float[] ReadCoordinates() => Code.Decode(Payload.ToArray(), Dimension);

    /// <summary>Makes the network.</summary>
    /// <returns>With its weights, in evaluation mode; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The model's statistics are not among its weights, so that they cannot be made again.</exception>
    public nn.Module<Tensor, Tensor> Expand()
    {
        var network = ModelCatalog.Build(Model, InputShape, Classes, Initialization, (long)Seed);
        try
        {
            if (network.named_buffers().Any())
            {
                throw new ArgumentException(
                    $"{Model} keeps running statistics that are no function of its weights; only networks without batch normalization can be made "
                        + "from a seed.");
            }

            using var weights = new WeightVector(network);
            using var subspace = new Subspace(weights, ProjectionCatalog.Create(Projection, weights.Count, Dimension, Seed));
            using var values = tensor(ReadCoordinates());
            using (no_grad()) subspace.Coordinates.copy_(values);
            subspace.Materialize();
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The first eight bytes of SHA-256 over a network's weights in their order: the same weights, the same number.</summary>
    public static ulong Fingerprint(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, parameter) in network.named_parameters())
        {
            using var values = parameter.detach().cpu().contiguous();
            hash.AppendData(values.bytes);
        }

        return BitConverter.ToUInt64(hash.GetHashAndReset());
    }
}

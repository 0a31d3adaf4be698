using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Tensors;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Files;

/// <summary>
/// A ticket as one small file that works on another machine: a safetensors file with the mask as packed bits, a scale per layer, and the
/// lineage as metadata. Untrained weights are not stored: the seed gives them, and a fingerprint tells if it gives others.
/// </summary>
/// <remarks>Tensors: <c>LAYER.mask</c> and, for masks with signs, <c>LAYER.inverted</c>, uint8, eight weights in a byte, the first
/// in the lowest bit; <c>scale</c>, float64 [layers]; <c>buffer.NAME</c>; for trained tickets <c>values</c>: all weights that the mask
/// keeps and all outside its scope, in the vector's order; <c>pruned</c>, likewise those that it removes, where they are frozen at
/// values other than 0.</remarks>
public static class TicketFile
{
    private const string Format = "golgi-ticket-1";
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>A ticket's name among the artifacts of the run that made it.</summary>
    internal const string FileName = "ticket.safetensors";

    /// <summary>The path of a run's ticket.</summary>
    /// <param name="runs">The folder of all runs.</param>
    /// <param name="run">The run's name.</param>
    public static string Of(string runs, string run) => Path.Combine(runs, run, "artifacts", FileName);

    /// <summary>Writes a ticket.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="weights">The network's weights as the ticket has them; borrowed.</param>
    /// <param name="mask">What is kept.</param>
    /// <param name="origin">The first weights θ₀, [D], signed constants not yet applied.</param>
    /// <param name="lineage">Where it comes from; the fingerprint is filled in.</param>
    public static void Write(string path, WeightVector weights, Mask mask, Tensor origin, TicketLineage lineage)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(lineage);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        bool trained = lineage.Weights == TicketWeights.Trained;
        var tensors = new List<(string, Tensor)>(mask.Layers.Select(layer => (layer.Name + ".mask", tensor(mask.Pack(layer), ScalarType.Byte))));
        if (trained) tensors.AddRange(Trained(weights, mask));
        else tensors.AddRange(TicketScale.Describe(weights, mask, TicketScale.Under(weights, origin, mask.Layers, lineage.Weights)));
        tensors.AddRange(weights.Module.named_buffers().Select(entry => ("buffer." + entry.name, entry.buffer)));
        var signed = lineage with { Fingerprint = Fingerprint(origin, lineage.Weights) };
        SafeTensors.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["lineage"] = JsonSerializer.Serialize(signed, Json),
        });
    }

    /// <summary>True where a path is a file whose metadata call it a ticket.</summary>
    public static bool IsTicket(string path)
    {
        if (!File.Exists(path) || !path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase)) return false;
        using var file = SafeTensors.Read(path);
        return file.Metadata.GetValueOrDefault("format") == Format;
    }

    /// <summary>Reads where a ticket comes from.</summary>
    /// <exception cref="InvalidDataException">The file is not a ticket.</exception>
    public static TicketLineage ReadLineage(string path)
    {
        using var file = SafeTensors.Read(path);
        return LineageOf(path, file);
    }

    /// <summary>Makes the ticket's network: a reference network from its seed, and the ticket put into it.</summary>
    /// <param name="path">The ticket.</param>
    /// <param name="mask">Its mask; the caller owns it.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">The ticket is not of a reference network; make the network yourself and use
    /// <see cref="Apply"/>.</exception>
    /// <exception cref="InvalidDataException">The file is not a ticket, or the seed gives other weights here.</exception>
    public static nn.Module<Tensor, Tensor> Open(string path, out Mask mask)
    {
        var lineage = ReadLineage(path);
        var network = ModelCatalog.Build(lineage.Model, lineage.InputShape, lineage.Classes, lineage.Initialization, lineage.Seed);
        mask = Apply(path, network);
        return network;
    }

    /// <summary>Puts a ticket into a network with its first weights: they are masked, scaled, inverted, or replaced by the trained ones.</summary>
    /// <param name="path">The ticket.</param>
    /// <param name="network">The network as its seed makes it; changed in place.</param>
    /// <returns>The mask; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file is not a ticket or is another network's, or the seed gave other weights here than
    /// there.</exception>
    public static Mask Apply(string path, nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var file = SafeTensors.Read(path);
        var lineage = LineageOf(path, file);
        using var weights = new WeightVector(network);
        if (lineage.Weights != TicketWeights.Trained && Fingerprint(weights.Values, lineage.Weights) != lineage.Fingerprint)
        {
            throw new InvalidDataException(
                $"{path}: seed {lineage.Seed} of {lineage.Model} does not give the first weights that the mask was made for. "
                + "Use the version of libtorch that it was made with.");
        }

        var mask = ReadMask(path, file, weights);
        if (lineage.Weights == TicketWeights.Trained)
        {
            weights.Values.zero_();
            weights.Values.masked_scatter_(mask.Kept, file["values"]);
            if (file.TryGet("pruned", out var pruned)) weights.Values.masked_scatter_(mask.Kept.logical_not(), pruned);
        }
        else
        {
            if (lineage.Weights == TicketWeights.SignedConstant) SignedConstants.Fill(weights, ScopeOf(mask));
            TicketScale.Apply(weights, mask, file);
        }

        Checkpoint.Copy(file, path, [.. network.named_buffers().Select(entry => ("buffer." + entry.name, entry.buffer))]);
        return mask;
    }

    private static IEnumerable<(string Name, Tensor Value)> Trained(WeightVector weights, Mask mask)
    {
        yield return ("values", weights.Values.masked_select(mask.Kept));
        var pruned = weights.Values.masked_select(mask.Kept.logical_not());
        if (pruned.count_nonzero().item<long>() > 0) yield return ("pruned", pruned);
    }

    /// <summary>The scope that has exactly a mask's layers.</summary>
    internal static MaskScope ScopeOf(Mask mask) => new() { Only = [.. mask.Layers.Select(layer => layer.Name)], KernelsOnly = false };

    private static Mask ReadMask(string path, NamedTensors file, WeightVector weights)
    {
        const string ending = ".mask";
        string[] names = [.. file.Names.Where(name => name.EndsWith(ending, StringComparison.Ordinal)).Select(name => name[..^ending.Length])];
        string[] unknown = [.. names.Except(weights.Segments.Select(segment => segment.Name))];
        if (names.Length == 0 || unknown.Length > 0)
        {
            throw new InvalidDataException($"{path} is a ticket of another network: this one has no {string.Join(", ", unknown)}.");
        }

        using var all = new Mask(weights, new MaskScope { Only = names, KernelsOnly = false });
        try
        {
            return all.Unpack([.. all.Layers.Select(layer => file[layer.Name + ending].bytes.ToArray())]);
        }
        catch (ArgumentException error)
        {
            throw new InvalidDataException($"{path} is a ticket of another network: {error.Message}", error);
        }
    }

    private static TicketLineage LineageOf(string path, NamedTensors file)
    {
        if (file.Metadata.GetValueOrDefault("format") != Format || !file.Metadata.TryGetValue("lineage", out string? text))
        {
            throw new InvalidDataException($"{path} is not a ticket: its metadata do not say {Format}.");
        }

        try
        {
            return JsonSerializer.Deserialize<TicketLineage>(text, Json) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path}: the lineage cannot be read: {error.Message}", error);
        }
    }

    private static string Fingerprint(Tensor origin, TicketWeights kind)
    {
        using var scope = NewDisposeScope();
        var told = kind == TicketWeights.SignedConstant ? origin.sign().to(ScalarType.Int8) : origin;
        return Convert.ToHexStringLower(SHA256.HashData(told.cpu().contiguous().bytes));
    }
}

using Golgi.Interchange;
using Golgi.Networks.Catalog;

namespace Golgi.Opening;

/// <summary>
/// What a user writes where a network is asked for:
/// <c>RUN[#CHECKPOINT]</c>, <c>FILE</c>, <c>NAME</c>, <c>NAME+WEIGHTS</c> or <c>PROTOTXT+CAFFEMODEL</c>, each with <c>@PREPARATION</c>, and with
/// <c>:LAYER</c> where a layer is asked for.
/// </summary>
/// <param name="Kind">What is named.</param>
/// <param name="Name">The run, the file (or pair of files), or the architecture.</param>
public sealed record NetworkReference(NetworkKind Kind, string Name)
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage =
        "RUN[#CHECKPOINT] (a run's folder, its name under --runs or the beginning of it), MODEL.onnx, NETWORK.prototxt+WEIGHTS.caffemodel, "
        + "ARCHITECTURE+WEIGHTS (.safetensors, .pth, .th, .npz), ticket.safetensors, or ARCHITECTURE alone (untrained); @PREPARATION may follow";

    /// <summary>The file of weights for an architecture, or null.</summary>
    public string? Weights { get; init; }

    /// <summary>The run's checkpoint, or null where none is named.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The name of the preparation of inputs, or null where none is named.</summary>
    public string? Preparation { get; init; }

    /// <summary>The layer, or null where none was asked for.</summary>
    public string? Layer { get; init; }

    /// <summary>Reads a reference to a network.</summary>
    /// <exception cref="ArgumentException">It is empty, or a part of it is.</exception>
    public static NetworkReference Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var (rest, preparation) = Split(text, '@', "preparation");
        var (named, checkpoint) = Split(rest, '#', "checkpoint");
        var reference = Named(named) with { Preparation = preparation, Checkpoint = checkpoint };
        if (checkpoint is null || reference.Kind == NetworkKind.Run) return reference;
        throw new ArgumentException($"'{text}' names a checkpoint, '{checkpoint}', and no run before it: only runs have checkpoints.", nameof(text));
    }

    /// <summary>Reads a reference to a layer of a network: <c>NETWORK:LAYER</c>.</summary>
    /// <exception cref="ArgumentException">No layer is named.</exception>
    public static NetworkReference ParseLayer(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        int colon = text.LastIndexOf(':');
        return colon > 0 && colon < text.Length - 1
            ? Parse(text[..colon]) with { Layer = text[(colon + 1)..] }
            : throw new ArgumentException($"'{text}' names no layer; write NETWORK:LAYER.", nameof(text));
    }

    private static NetworkReference Named(string text)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        if (ModelFile.Accepts(text)) return new NetworkReference(NetworkKind.File, text);
        if (plus > 0 && ModelCatalog.Knows(text[..plus]))
        {
            return new NetworkReference(NetworkKind.Weights, text[..plus]) { Weights = text[(plus + 1)..] };
        }

        if (File.Exists(text)) return new NetworkReference(NetworkKind.File, text);
        bool untrained = !Directory.Exists(text) && ModelCatalog.Knows(text);
        return new NetworkReference(untrained ? NetworkKind.Architecture : NetworkKind.Run, text);
    }

    /// <summary>What follows the last mark, unless the whole is a file or a folder that has the mark in its name.</summary>
    private static (string Before, string? After) Split(string text, char mark, string what)
    {
        int at = text.LastIndexOf(mark);
        if (at <= 0 || Path.Exists(text)) return (text, null);
        return at < text.Length - 1
            ? (text[..at], text[(at + 1)..])
            : throw new ArgumentException($"'{text}' ends in {mark}, and no {what} follows. Leave it out, or name one.", nameof(text));
    }
}

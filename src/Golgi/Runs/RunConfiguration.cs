using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;

namespace Golgi.Runs;

/// <summary>Everything that a run's result depends on: what was asked, the options, the seed, the data's identity. Its hash names the run.</summary>
/// <param name="Kind">What was asked: <c>train</c>, <c>tickets-find</c>. Letters, digits and hyphens.</param>
/// <param name="Subject">A readable part of the folder's name: <c>mnist-lenet-300-100</c>.</param>
/// <param name="Options">The options, as JSON; the order of keys does not matter.</param>
/// <param name="Version">The version of the kind: raised whenever its numbers can change, so that an older run is never taken for a new one. 0: a
/// run from before there were versions.</param>
public sealed record RunConfiguration(string Kind, string Subject, JsonObject Options, int Version = 0)
{
    /// <summary>Describes a run by any serializable options record.</summary>
    public static RunConfiguration Of<T>(string kind, string subject, T options) =>
        new(kind, subject, JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject());

    /// <summary>The folder's name: kind, subject and the first 10 hexadecimal digits of the SHA-256 of kind and options.</summary>
    public string Name => $"{Kind}-{Slug(Subject)}-{Hash[..10]}";

    /// <summary>SHA-256 over the kind, its version and the options with sorted keys, 64 hexadecimal digits.</summary>
    public string Hash => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}{(Version > 0 ? $" {Version}" : "")}\n{Sorted(Options)!.ToJsonString()}")));

    /// <summary>The text of <c>config.json</c>.</summary>
    public string ToJson() => new JsonObject
    {
        ["kind"] = Kind,
        ["version"] = Version,
        ["subject"] = Subject,
        ["hash"] = Hash,
        ["options"] = Options.DeepClone(),
    }.ToJsonString(RunJson.Format);

    /// <summary>Reads <c>config.json</c>.</summary>
    /// <exception cref="InvalidDataException">The file is missing, is not such a file, or does not agree with its own hash.</exception>
    public static RunConfiguration Read(string path)
    {
        try
        {
            var root = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            var configuration = new RunConfiguration(
                (string)root["kind"]!, (string)root["subject"]!, root["options"]!.DeepClone().AsObject(), (int?)root["version"] ?? 0);
            if ((string?)root["hash"] == configuration.Hash) return configuration;
            throw new InvalidDataException(
                $"{path}: the options do not have the hash that is written beside them; the file was edited. Start a new run instead.");
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path} is not a run's configuration: {error.Message}", error);
        }
        catch (IOException error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidDataException($"{Path.GetDirectoryName(path)} is not a run's folder: it has no config.json.", error);
        }
    }

    /// <summary>The options as the record that they were made from.</summary>
    /// <exception cref="InvalidDataException">They do not fit it.</exception>
    public T OptionsAs<T>()
    {
        try
        {
            return Options.Deserialize<T>(RunJson.Format) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The options of {Name} are not those of a {Kind} run: {error.Message}", error);
        }
    }

    private static string Slug(string text) =>
        new([.. text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' ? c : '-').Take(60)]);

    private static JsonNode? Sorted(JsonNode? node) => node switch
    {
        JsonObject item => new JsonObject(item.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Sorted(p.Value)))),
        JsonArray array => new JsonArray([.. array.Select(Sorted)]),
        _ => node?.DeepClone(),
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Golgi.Foundation;

/// <summary>How runs and results are written as JSON: snake_case names, enums in words, non-finite numbers by name.</summary>
public static class RunJson
{
    /// <summary>The number of the vocabulary that results are written in; it changes when a field changes its name or meaning.</summary>
    public const int Schema = 1;

    /// <summary>A result as an object whose first field is the schema's number.</summary>
    /// <exception cref="ArgumentException">The result is no record: a list or a number has no room for the schema.</exception>
    public static JsonObject Describe<T>(T result)
    {
        var item = JsonSerializer.SerializeToNode(result, Format) as JsonObject
            ?? throw new ArgumentException($"A {typeof(T).Name} is no record of named fields; results are.", nameof(result));
        item.Insert(0, "schema", Schema);
        return item;
    }

    /// <summary>The format of <c>config.json</c>, <c>result.json</c> and of everything that the command prints as JSON.</summary>
    public static JsonSerializerOptions Format { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for terminals and programs, not for web pages
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}

using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Golgi.Foundation;

/// <summary>How runs and results are written as JSON: snake_case names, enums in words, non-finite numbers by name.</summary>
public static class RunJson
{
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

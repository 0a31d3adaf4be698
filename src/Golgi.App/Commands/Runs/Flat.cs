using System.Text.Json.Nodes;

namespace Golgi.App.Commands.Runs;

/// <summary>Nested JSON as one list of names and values: <c>optimizer.learning_rate</c>.</summary>
internal static class Flat
{
    /// <summary>The leaves of an object, in its order; nulls left out, arrays of more than eight elements as their length.</summary>
    public static IEnumerable<(string Key, string Value)> Of(JsonObject item, string prefix = "") =>
        item.SelectMany(pair => pair.Value switch
        {
            null => [],
            JsonObject inner => Of(inner, $"{prefix}{pair.Key}."),
            JsonArray { Count: > 8 } array => [(prefix + pair.Key, $"{array.Count} entries")],
            var leaf => new[] { (prefix + pair.Key, leaf.ToJsonString().Trim('"')) },
        });
}

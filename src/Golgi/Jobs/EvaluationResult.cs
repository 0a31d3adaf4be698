using System.Text.Json;
using System.Text.Json.Serialization;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Training;

namespace Golgi.Jobs;

/// <summary>How well a network does on a part of a data set. Written flat: the task's metrics by their names beside the rest.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="Part">Which part of it.</param>
public sealed record EvaluationResult(string Network, string Data, DataPart Part)
{
    /// <summary>What was measured.</summary>
    [JsonIgnore]
    public Evaluation Evaluation
    {
        get => JsonSerializer.SerializeToElement(Values, RunJson.Format).Deserialize<Evaluation>(RunJson.Format)!;
        init => Values = JsonSerializer.SerializeToElement(value, RunJson.Format).Deserialize<Dictionary<string, JsonElement>>()!;
    }

    /// <summary>The same as it is written.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement> Values { get; init; } = [];
}

using System.Text.Json.Nodes;
using Golgi.Runs;

namespace Golgi.App.Commands.Runs;

/// <summary>A run in one line.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="State">finished, or started.</param>
/// <param name="Steps">Training steps measured so far.</param>
/// <param name="TestAccuracy">From its result, where it has one.</param>
/// <param name="Seconds">Time spent, from its result.</param>
/// <param name="Started">When its folder was made, UTC.</param>
internal sealed record RunSummary(
    string Name, string Kind, string State, long Steps, double? TestAccuracy, double? Seconds, DateTime Started)
{
    public static RunSummary Of(Run run)
    {
        var result = run.ResultJson;
        return new RunSummary(
            run.Name,
            run.Configuration.Kind,
            run.Finished ? "finished" : "started",
            run.Metrics is [.., var last] ? last.Step : 0,
            Number(result, "test_accuracy"),
            Number(result, "seconds"),
            Directory.GetCreationTimeUtc(run.Folder));
    }

    private static double? Number(JsonObject? result, string key) =>
        result?[key] is JsonValue value && value.TryGetValue(out double number) ? number : null;
}

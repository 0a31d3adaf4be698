using System.Text.Json.Nodes;
using Golgi.Runs;

namespace Golgi.App.Commands.Runs;

/// <summary>A run in one line.</summary>
/// <param name="Name">Its folder's name.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Version">The version of its kind that made it; 0: from before there were versions.</param>
/// <param name="State">finished, or started; of an older version of its kind with that word before it.</param>
/// <param name="IsPart">Whether it is a part of other runs.</param>
/// <param name="Steps">Training steps measured so far.</param>
/// <param name="TestAccuracy">From its result, where it has one.</param>
/// <param name="Seconds">Time spent, from its result.</param>
/// <param name="Started">When its folder was made, UTC.</param>
internal sealed record RunSummary(
    string Name, string Kind, int Version, string State, bool IsPart, long Steps, double? TestAccuracy, double? Seconds, DateTime Started)
{
    public static RunSummary Of(Run run)
    {
        var result = run.ResultJson;
        var kind = JobKinds.All.Find(run.Configuration.Kind);
        string older = run.Configuration.Version < (kind?.Version ?? 1) ? "older, " : "";
        return new RunSummary(
            run.Name,
            run.Configuration.Kind,
            run.Configuration.Version,
            older + (run.Finished ? "finished" : "started"),
            kind?.IsPart ?? false,
            run.Metrics is [.., var last] ? last.Step : 0,
            Number(result, "test_accuracy"),
            Number(result, "seconds"),
            Directory.GetCreationTimeUtc(run.Folder));
    }

    private static double? Number(JsonObject? result, string key) =>
        result?[key] is JsonValue value && value.TryGetValue(out double number) ? number : null;
}

using System.Text.Json;
using Golgi.Foundation;
using Golgi.Runs;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>The finished trials of a problem, one file each in its run's folder. A finished trial is never repeated.</summary>
/// <param name="folder">The run's folder.</param>
public sealed class TrialStore(string folder)
{
    /// <summary>The kind of runs that hold trials.</summary>
    public const string Kind = "dimension";

    /// <summary>The configuration of a problem on data of an identity: it names the run.</summary>
    public static RunConfiguration Configuration(DimensionProblem problem, string dataIdentity)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var configuration = RunConfiguration.Of(Kind, $"{problem.Data}-{problem.Model}-{problem.Projection}", problem);
        configuration.Options["data_identity"] = dataIdentity;
        return configuration;
    }

    /// <summary>The result of a trial, or null if it is not finished.</summary>
    /// <exception cref="InvalidDataException">Its file is damaged.</exception>
    public TrialResult? Find(TrialRequest request)
    {
        string path = PathOf(request);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<TrialResult>(File.ReadAllText(path), RunJson.Format);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message} Delete it to repeat the trial.", error);
        }
    }

    /// <summary>Keeps a result, whole or not at all.</summary>
    public void Keep(TrialResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string path = PathOf(new TrialRequest(result.Dimension, result.Replicate));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        AtomicFile.Write(path, JsonSerializer.Serialize(result, RunJson.Format));
    }

    private string PathOf(TrialRequest request) =>
        Path.Combine(folder, "artifacts", "trials", $"d{request.Dimension:00000000}-r{request.Replicate}.json");
}

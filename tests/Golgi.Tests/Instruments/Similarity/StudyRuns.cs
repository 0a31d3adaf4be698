using System.Text.Json;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>Four small trained networks: two seeds on true labels, with snapshots, and two on shuffled ones.</summary>
public sealed class StudyRuns : IDisposable
{
    public StudyRuns()
    {
        True = [Train(1, "true"), Train(2, "true")];
        Shuffled = [Train(1, "shuffled"), Train(2, "shuffled")];
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("golgi-studies").FullName;

    public string[] True { get; }

    public string[] Shuffled { get; }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string Train(int seed, string labels)
    {
        var call = Tool.Call(
            "train", "--data", "strokes:1200", "--model", "cnn-small", "--steps", "30", "--batch", "32", "--evaluations", "1", "--snapshots", "4",
            "--seed", $"{seed}", "--labels", labels, "--runs", Folder, "--json", "--quiet");
        Assert.True(call.ExitCode == 0, call.Error);
        return JsonDocument.Parse(call.Output).RootElement.GetProperty("run").GetString()!;
    }
}

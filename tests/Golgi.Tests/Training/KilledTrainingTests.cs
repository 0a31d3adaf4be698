using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Training;

public sealed class KilledTrainingTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Fact]
    public void Training_killed_at_random_moments_ends_with_the_same_weights() => Survives(kills: 2);

    [Fact]
    [Trait("Speed", "Slow")]
    public void Training_killed_twenty_times_ends_with_the_same_weights() => Survives(kills: 20);

    /// <summary>Trains once in peace, and once killed at moments drawn between process start and the end of training.</summary>
    private static void Survives(int kills)
    {
        using var scratch = new Scratch();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var peaceful = Tool.Start(Nothing, Command(scratch["peace"]));
        Assert.True(peaceful.ExitCode == 0, peaceful.Error);
        double seconds = clock.Elapsed.TotalSeconds;

        var moments = new Golgi.Numerics.Random.Philox(17).Reader();
        int killed = 0;
        for (int attempt = 0; killed < kills && attempt < 4 * kills; attempt++)
        {
            using var process = Tool.Begin(Nothing, Command(scratch["killed"]));
            bool ended = process.WaitForExit(TimeSpan.FromSeconds(moments.Uniform(0.2, 0.9 * seconds)));
            if (ended)
            {
                Directory.Delete(scratch["killed"], recursive: true); // it got to the end: begin anew
                continue;
            }

            process.Kill(); // SIGKILL: no handler runs
            process.WaitForExit();
            killed++;
        }

        Assert.Equal(kills, killed);
        var last = Tool.Start(Nothing, Command(scratch["killed"]));
        Assert.True(last.ExitCode == 0, last.Error);
        Assert.Equal(Weights(scratch["peace"]), Weights(scratch["killed"]));
        Assert.Equal(Metrics(scratch["peace"]), Metrics(scratch["killed"]));
    }

    private static string[] Command(string folder) =>
    [
        "train", "--data", "strokes:3000", "--model", "fc-784-30-10", "--steps", "1500", "--evaluations", "50", "--seed", "4",
        "--threads", "1", "--out", folder, "--json", "--quiet",
    ];

    private static byte[] Weights(string folder) => File.ReadAllBytes(Find(folder, "final.safetensors"));

    private static string Metrics(string folder) => File.ReadAllText(Find(folder, "metrics.jsonl"));

    private static string Find(string folder, string name) => Directory.EnumerateFiles(folder, name, SearchOption.AllDirectories).Single();
}

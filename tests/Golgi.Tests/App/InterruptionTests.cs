using System.Diagnostics;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

public sealed class InterruptionTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public async Task Ctrl_C_finishes_the_step_saves_a_checkpoint_and_ends_with_130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGINT to send to one process.");
        using var scratch = new Scratch();
        var token = TestContext.Current.CancellationToken;
        using var process = Tool.Begin(
            new Dictionary<string, string>(),
            "train", "--data", "strokes:600", "--model", "cnn-small", "--steps", "1000000", "--evaluations", "50000", "--threads", "1", "--out",
            scratch.Folder);
        var error = process.StandardError.ReadToEndAsync(token);
        while (!process.HasExited && !Directory.EnumerateFiles(scratch.Folder, "metrics.jsonl", SearchOption.AllDirectories).Any())
        {
            await Task.Delay(50, token);
        }

        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(token);
        await process.WaitForExitAsync(token);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("continues", await error);
        Assert.Single(Directory.EnumerateFiles(scratch.Folder, "last.safetensors", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(scratch.Folder, "result.json", SearchOption.AllDirectories));
    }
}

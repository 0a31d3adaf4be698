using System.Diagnostics;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Surface;

public sealed class SampleTests
{
    public static TheoryData<string> Samples =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs").Select(file => Path.GetFileName(file)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    [Trait("Speed", "Slow")]
    public async Task A_sample_runs_and_prints_what_it_found(string sample)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine("samples", sample)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{output}\n{await error}");
        Assert.NotEmpty(output.Trim());
    }
}

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
    public void A_sample_runs_and_prints_what_it_found(string sample)
    {
        var start = new ProcessStartInfo("dotnet", ["run", Path.Combine("samples", sample)])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, $"{output}\n{error.Result}");
        Assert.NotEmpty(output.Trim());
    }
}

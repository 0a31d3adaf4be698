using System.Diagnostics;
using Xunit;

namespace Golgi.Tests.Support;

/// <summary>Runs a few lines of Python as an oracle, with the system's interpreter and packages; skips visibly where they are missing.</summary>
internal static class Python
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>What a script prints. Arguments are <c>sys.argv[1:]</c>.</summary>
    public static string Run(string script, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Interpreter), $"{Interpreter} is not there.");
        var start = new ProcessStartInfo(Interpreter) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])["-W", "ignore", "-c", script, .. arguments]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.SkipWhen(error.Result.Contains("ModuleNotFoundError"), error.Result);
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Trim();
    }
}

using System.Diagnostics;
using Golgi.App.Commands;

namespace Golgi.Tests.Support;

/// <summary>What one call of the tool gave back.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>Calls the tool, within this process or as one of its own.</summary>
internal static class Tool
{
    /// <summary>Runs a command line in this process.</summary>
    public static ToolRun Call(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int code = Launcher.Run(args, output, error, CancellationToken.None);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line in a new process.</summary>
    public static ToolRun Start(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        using var process = Begin(variables, args);
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new ToolRun(process.ExitCode, output, error.Result);
    }

    /// <summary>Starts a command line in a new process and lets it run.</summary>
    public static Process Begin(IReadOnlyDictionary<string, string> variables, params string[] args)
    {
        string file = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Golgi.App.exe" : "Golgi.App");
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Golgi.App.Commands.Options;

/// <summary>The options that every command takes.</summary>
internal static partial class CommonOptions
{
    public static Option<long> Seed { get; } = new("--seed")
    {
        Description = "Seed of everything random; the same seed gives the same result.",
        DefaultValueFactory = _ => 0,
        Recursive = true,
    };

    public static Option<string> Device { get; } = new("--device")
    {
        Description = "Where tensors live: cpu, cuda, cuda:1, mps.",
        DefaultValueFactory = _ => "cpu",
        Recursive = true,
        Validators = { CheckDevice },
    };

    public static Option<int?> Threads { get; } = new("--threads")
    {
        Description = "Threads of tensor operations. Default: chosen by the command (small networks are faster on one).",
        Recursive = true,
        Validators = { CheckThreads },
    };

    public static Option<DirectoryInfo> Runs { get; } = new("--runs")
    {
        Description = "Folder where runs are found and written.",
        DefaultValueFactory = _ => new DirectoryInfo("runs"),
        Recursive = true,
    };

    public static Option<DirectoryInfo?> Out { get; } = new("--out")
    {
        Description = "Also put a copy of what people look at (pictures, tables, reports) here; it lies in the run's artifacts.",
        Recursive = true,
    };

    public static Option<DirectoryInfo?> DataDir { get; } = new("--data-dir")
    {
        Description = "Folder where data sets lie. Searched first; then GOLGI_DATA, then the user's cache folder.",
        Recursive = true,
    };

    public static Option<bool> Json { get; } = new("--json")
    {
        Description = "Print one JSON object on standard output and nothing else there.",
        Recursive = true,
    };

    public static Option<bool> Quiet { get; } = new("--quiet")
    {
        Description = "No progress on standard error.",
        Recursive = true,
    };

    public static IReadOnlyList<Option> All { get; } = [Seed, Device, Threads, Runs, Out, DataDir, Json, Quiet];

    private static void CheckDevice(OptionResult result)
    {
        string device = result.Tokens.Count > 0 ? result.Tokens[0].Value : "cpu";
        if (DeviceName().IsMatch(device)) return;
        result.AddError($"No device '{device}'. Known: cpu, cuda, cuda:NUMBER, mps.");
    }

    private static void CheckThreads(OptionResult result)
    {
        if (result.Tokens.Count == 0 || !int.TryParse(result.Tokens[0].Value, out int threads) || threads is > 0 and <= 1024) return;
        result.AddError($"--threads is {threads}; it must lie between 1 and 1024.");
    }

    [GeneratedRegex(@"^(cpu|cuda(:\d{1,2})?|mps)$")]
    private static partial Regex DeviceName();
}

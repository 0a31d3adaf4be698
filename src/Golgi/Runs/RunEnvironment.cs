using System.Runtime.InteropServices;
using System.Text.Json;
using TorchSharp;

namespace Golgi.Runs;

/// <summary>Where and with what a run was made, for <c>environment.json</c>. Nothing in it changes a run's name.</summary>
internal static class RunEnvironment
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <summary>Versions, system and processors, as JSON.</summary>
    public static string Describe() => JsonSerializer.Serialize(
        new Dictionary<string, object>
        {
            ["golgi"] = typeof(RunEnvironment).Assembly.GetName().Version!.ToString(3),
            ["libtorch"] = torch.__version__,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["system"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.ProcessArchitecture.ToString(),
            ["processors"] = Environment.ProcessorCount,
            ["threads"] = torch.get_num_threads(),
            ["command"] = string.Join(' ', Environment.GetCommandLineArgs().Skip(1)),
        },
        Format);
}

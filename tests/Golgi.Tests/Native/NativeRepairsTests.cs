using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Golgi.Native;
using Golgi.Tests.Support;
using TorchSharp;
using Xunit;

namespace Golgi.Tests.Native;

public sealed partial class NativeRepairsTests
{
    [Fact]
    public void Referencing_the_library_runs_none_of_its_code()
    {
        Assert.NotEmpty(ModuleInitializers(typeof(Startup))); // where there is one, it is seen
        Assert.Empty(ModuleInitializers(typeof(NativeRepairs)));
    }

    [Theory]
    [InlineData(Startup.Closed, "1")]
    [InlineData(NativeRepairs.Variable, "off")]
    public async Task A_process_that_does_not_open_the_door_or_leaves_all_out_has_native_code_as_it_was_published(string variable, string value)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "-noLogo", "-noColor", "-noAutoReporters", "-explicit", "on", "-method",
                $"*.{nameof(NativeRepairsTests)}.{nameof(Nothing_is_changed)}" },
            Environment = { [variable] = value },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{output}\n{await error}");
        Assert.Contains("Total: 1, Errors: 0, Failed: 0, Skipped: 0", output);
    }

    /// <summary>Run in a process of its own by the test above.</summary>
    [Fact(Explicit = true)]
    public void Nothing_is_changed()
    {
        Assert.True(NativeRepairs.Report?.Outcomes.All(outcome => outcome.State == NativeRepairState.LeftOut) ?? true);
        using var tensor = torch.ones(1);
        NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (_, _, _) => 0); // throws where there is one
        if (!ScalarLifetime.CanExtend) return;
        string binding = File.ReadLines("/proc/self/maps").First(mapping => mapping.EndsWith("/libLibTorchSharp.so", StringComparison.Ordinal));
        Assert.True(ScalarLifetime.IsKnown(NativeLibrary.Load(binding[binding.IndexOf('/', StringComparison.Ordinal)..]), out _));
        Assert.Equal(0, NativeVariable("GOMP_SPINCOUNT"));
        Assert.Equal(0, NativeVariable("THP_MEM_ALLOC_ENABLE"));
    }

    /// <summary>A second copy of the library within this process, where libtorch has computed already.</summary>
    [Fact]
    public void A_door_that_is_opened_after_libtorch_says_so_and_leaves_the_code_alone()
    {
        Assert.SkipUnless(ScalarLifetime.CanExtend, "Only on Linux for x64 something would be done.");
        using var tensor = torch.ones(1);
        var copies = new Copies();
        var library = copies.LoadFromAssemblyPath(typeof(NativeRepairs).Assembly.Location);
        var report = library.GetType(typeof(NativeRepairs).FullName!)!.GetMethod(nameof(NativeRepairs.Apply))!.Invoke(null, [null])!;
        var outcomes = (IEnumerable<object>)report.GetType().GetProperty(nameof(NativeRepairReport.Outcomes))!.GetValue(report)!;
        string[] said = [.. outcomes.Select(outcome => outcome.ToString()!)];

        Assert.Contains(said, outcome => outcome.Contains("ScalarLifetime, State = TooLate", StringComparison.Ordinal));
        Assert.Contains(said, outcome => outcome.Contains("LargeBlocks, State = TooLate", StringComparison.Ordinal));
        var binding = copies.Assemblies.Single(assembly => assembly.GetName().Name == typeof(torch).Assembly.GetName().Name);
        NativeLibrary.SetDllImportResolver(binding, (_, _, _) => 0); // throws where there is one
    }

    [Fact]
    public void The_door_opens_once()
    {
        var before = NativeRepairs.Report;
        Assert.NotNull(before);
        var again = NativeRepairs.Apply(new NativeRepairOptions { LeaveOut = Enum.GetValues<NativeRepair>() });
        Assert.DoesNotContain(again.Outcomes, outcome => outcome.State == NativeRepairState.LeftOut);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("off", NativeRepair.HiddenCaches, NativeRepair.ScalarLifetime, NativeRepair.ShortWaits, NativeRepair.LargeBlocks)]
    [InlineData("scalars", NativeRepair.ScalarLifetime)]
    [InlineData("waits, blocks,caches", NativeRepair.ShortWaits, NativeRepair.LargeBlocks, NativeRepair.HiddenCaches)]
    public void The_variable_names_what_is_left_out(string? text, params NativeRepair[] leftOut) =>
        Assert.Equal(leftOut, NativeRepairOptions.Parse(text));

    [Fact]
    public void An_unknown_name_is_bad_input_with_the_names_that_there_are()
    {
        var run = Tool.Start(new Dictionary<string, string> { [NativeRepairs.Variable] = "threads" }, "--help");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("'threads' is not known", run.Error);
        Assert.Contains("caches, scalars, waits, blocks", run.Error);
    }


    private static IEnumerable<MethodInfo> ModuleInitializers(Type type) => type.Assembly.GetTypes()
        .SelectMany(each => each.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(ModuleInitializerAttribute)));

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint NativeVariable(string name);

    private sealed class Copies() : AssemblyLoadContext("copies of the library and of TorchSharp")
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == typeof(torch).Assembly.GetName().Name
            ? LoadFromAssemblyPath(typeof(torch).Assembly.Location)
            : null;
    }
}

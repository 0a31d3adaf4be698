using System.Text.Json;
using Golgi.Native;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

public sealed class LibtorchTests
{
    [Fact]
    public void The_doctor_tells_which_libtorch_is_loaded_and_from_where()
    {
        var found = Diagnose(Tool.Start(new Dictionary<string, string> { [Libtorch.Variable] = "" }, "doctor", "--json"));

        Assert.True(found.GetProperty("healthy").GetBoolean());
        var libtorch = found.GetProperty("libtorch");
        Assert.Equal("bundled", libtorch.GetProperty("source").GetString());
        Assert.StartsWith(Libtorch.Version, libtorch.GetProperty("version").GetString());
        Assert.Contains(found.GetProperty("devices").EnumerateArray(), device => device.GetProperty("name").GetString() == "cpu");
    }

    [Fact]
    public void GOLGI_LIBTORCH_loads_from_that_folder_and_tensors_work()
    {
        using var scratch = new Scratch();
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.so*").Where(IsLibtorch))
        {
            File.CreateSymbolicLink(scratch[Path.GetFileName(file)], file);
        }

        Assert.SkipUnless(File.Exists(scratch["libtorch_cpu.so"]), "Only on Linux does libtorch lie beside the tests as libtorch_cpu.so.");
        var variables = new Dictionary<string, string> { [Libtorch.Variable] = scratch.Folder };
        var found = Diagnose(Tool.Start(variables, "doctor", "--json"));

        Assert.Equal(scratch.Folder, found.GetProperty("libtorch").GetProperty("folder").GetString());
        Assert.Equal("GOLGI_LIBTORCH", found.GetProperty("libtorch").GetProperty("source").GetString());
        Assert.True(found.GetProperty("threads").GetInt32() > 0, "threads are asked of the loaded library");
    }

    [Fact]
    public void The_doctor_tells_what_was_done_about_native_code_also_to_a_libtorch_from_elsewhere()
    {
        Assert.SkipUnless(ScalarLifetime.CanExtend, "Only on Linux for x64 something is done.");
        foreach (string folder in new[] { "", AppContext.BaseDirectory })
        {
            var variables = new Dictionary<string, string> { [Libtorch.Variable] = folder, [NativeRepairs.Variable] = "waits" };
            var repairs = Diagnose(Tool.Start(variables, "doctor", "--json")).GetProperty("repairs").EnumerateArray()
                .ToDictionary(repair => repair.GetProperty("repair").GetString()!, repair => repair.GetProperty("state").GetString());

            Assert.Equal("left_out", repairs["short_waits"]);
            Assert.Equal("done", repairs["scalar_lifetime"]);
            Assert.Equal("done", repairs["large_blocks"]);
            Assert.Equal(HiddenCaches.AreHidden ? "done" : "not_needed", repairs["hidden_caches"]);
        }

        string text = Tool.Start(new Dictionary<string, string> { [NativeRepairs.Variable] = "waits" }, "doctor").Output;
        Assert.Contains("repair waits", text);
        Assert.Contains("left out: as asked", text);
    }

    [Fact]
    public void An_empty_folder_fails_with_its_name_and_what_it_should_hold()
    {
        using var scratch = new Scratch();
        var run = Tool.Start(new Dictionary<string, string> { [Libtorch.Variable] = scratch.Folder }, "doctor");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(scratch.Folder, run.Error);
        Assert.Contains("libtorch_cpu", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    [Fact]
    public void A_command_that_needs_tensors_fails_likewise_and_prints_nothing_on_standard_output()
    {
        using var scratch = new Scratch();
        var run = Tool.Start(new Dictionary<string, string> { [Libtorch.Variable] = scratch.Folder }, "train", "--json");

        Assert.Equal(1, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.Contains(scratch.Folder, run.Error);
        Assert.Contains("golgi doctor", run.Error);
    }

    [Fact]
    public void Help_does_not_load_libtorch()
    {
        var run = Tool.Start(new Dictionary<string, string> { [Libtorch.Variable] = "/nowhere" }, "train", "--help");

        Assert.Equal(0, run.ExitCode);
        Assert.Empty(run.Error);
    }

    private static bool IsLibtorch(string file) =>
        Path.GetFileName(file) is { } name && (name.StartsWith("libtorch") || name.StartsWith("libc10") || name.StartsWith("libgomp"));

    private static JsonElement Diagnose(ToolRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}

using Golgi.App.Doctor;
using Golgi.App.Rendering;
using Golgi.Native;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi doctor</c>.</summary>
internal sealed class DoctorCommand() : Verb("doctor", Summary)
{
    public const string Summary =
        "Check this machine: which libtorch is loaded and from where, devices, threads, data folders; and what to do.";

    public override int Run(Session session)
    {
        var diagnosis = Examination.Run(session.DataFolder);
        session.Print(diagnosis, Render);
        if (diagnosis.Healthy) return ExitCode.Done;
        session.Fail(new InvalidOperationException($"libtorch does not load: {diagnosis.Libtorch.Problem}"));
        return ExitCode.Failed;
    }

    private static void Render(Diagnosis found, IAnsiConsole console)
    {
        var libtorch = found.Libtorch;
        var table = Tables.Facts();
        table.Row("golgi", found.Golgi);
        table.Row("libtorch", libtorch.Problem is null ? $"{libtorch.Version ?? "loaded"} ({libtorch.Source})" : "does not load");
        table.Row("  from", libtorch.Folder);
        if (libtorch.Problem is not null) table.Row("  why not", libtorch.Problem);
        if (libtorch.CpuCapability is { } capability) table.Row("  instructions", capability);
        if (libtorch.Problem is null) table.Row("  built for", libtorch.Cuda is { } cuda ? $"CUDA {cuda}" : "CPU only");
        table.Row("TorchSharp", found.Torchsharp);
        foreach (var device in found.Devices) table.Row($"device {device.Name}", device.Description);
        table.Row("threads", $"{found.Threads} of {found.Processors} processors; --threads sets them");
        foreach (var (repair, state, text) in found.Repairs) table.Row($"repair {NativeRepairOptions.NameOf(repair)}", $"{Word(state)}: {text}");
        table.Row("system", found.System);
        table.Row("runtime", found.Runtime);
        if (found.Libc is not null) table.Row("C library", found.Libc);
        if (found.Libstdcxx is not null) table.Row("C++ library", found.Libstdcxx);
        foreach (var folder in found.DataFolders) table.Row("data", $"{folder.Path} ({folder.Origin}{(folder.Exists ? "" : ", not there")})");
        console.Write(table);
        foreach (string advice in found.Advice) console.WriteLine(advice);
    }

    private static string Word(NativeRepairState state) => state switch
    {
        NativeRepairState.NotNeeded => "not needed",
        NativeRepairState.LeftOut => "left out",
        NativeRepairState.TooLate => "too late",
        _ => state.ToString().ToLowerInvariant(),
    };
}

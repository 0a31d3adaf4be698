using System.Diagnostics;
using System.Runtime.InteropServices;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Native;
using TorchSharp;

namespace Golgi.App.Doctor;

/// <summary>Looks at the machine and at libtorch; touches TorchSharp only where its native half loads.</summary>
internal static partial class Examination
{
    public static Diagnosis Run(string? dataFolder)
    {
        var libtorch = LoadLibtorch();
        bool loads = libtorch.Problem is null;
        FolderState[] folders =
        [
            .. DataFolders.Search(new DataOptions { Folder = dataFolder })
                .Select(folder => new FolderState(folder.Path, folder.Origin, Directory.Exists(folder.Path))),
        ];
        var devices = loads ? Devices() : [];
        return new Diagnosis
        {
            Golgi = typeof(Check).Assembly.GetName().Version!.ToString(3),
            Torchsharp = typeof(torch).Assembly.GetName().Version!.ToString(3),
            Libtorch = libtorch,
            Devices = devices,
            Threads = loads ? torch.get_num_threads() : 0,
            Processors = Environment.ProcessorCount,
            Repairs = NativeRepairs.Report?.Outcomes ?? [], // after the first call of libtorch, for the devices and threads above
            System = $"{RuntimeInformation.OSDescription} {RuntimeInformation.ProcessArchitecture}",
            Runtime = RuntimeInformation.FrameworkDescription,
            Libc = OperatingSystem.IsLinux() ? LibcVersion() : null,
            Libstdcxx = Module("libstdc++"),
            DataFolders = folders,
            Advice = [.. Advice(libtorch, devices, folders)],
        };
    }

    private static LibtorchState LoadLibtorch()
    {
        string source = Libtorch.Folder is null ? "bundled" : Libtorch.Variable;
        string folder = Libtorch.Folder ?? AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        try
        {
            string? problem = Libtorch.Folder is null ? LibtorchFailure.Bundled() : null;
            if (problem is not null) return new LibtorchState(source, folder, null, null, null, problem);

            folder = Libtorch.Locate(folder);
            var build = LibtorchBuild.Read(Libtorch.Load(folder));
            return new LibtorchState(source, folder, build?.Version, build?.CpuCapability, build?.Cuda, LibtorchFailure.Shim());
        }
        catch (DllNotFoundException error)
        {
            return new LibtorchState(source, folder, null, null, null, error.Message);
        }
    }

    private static List<DeviceState> Devices()
    {
        var devices = new List<DeviceState> { new("cpu", $"{Environment.ProcessorCount} processors, {RuntimeInformation.ProcessArchitecture}") };
        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        for (int i = 0; i < gpus; i++) devices.Add(new($"cuda:{i}", "CUDA"));
        if (torch.mps_is_available()) devices.Add(new("mps", "Metal"));
        return devices;
    }

    private static IEnumerable<string> Advice(LibtorchState libtorch, List<DeviceState> devices, FolderState[] folders)
    {
        if (libtorch is { Problem: not null, Source: "bundled" })
        {
            yield return $"Delete src/Golgi.App/bin and obj and build again; or set {Libtorch.Variable} to an unpacked libtorch {Libtorch.Version}.";
        }
        else if (libtorch.Problem is not null)
        {
            yield return $"Set {Libtorch.Variable} to an unpacked libtorch {Libtorch.Version} or to its lib folder " +
                "(PyTorch's wheels hold one in torch/lib), or unset it for the one beside the tool.";
        }
        else if (libtorch.Cuda is not null && devices.Count == 1)
        {
            yield return $"This libtorch was built for CUDA {libtorch.Cuda}, yet sees no GPU: check that `nvidia-smi` lists one and that the driver "
                + "is new enough.";
        }

        if (!folders.Any(folder => folder.Exists))
        {
            yield return "None of the data folders exists yet: `golgi data get mnist` makes one; `strokes` needs none.";
        }
    }

    private static string? Module(string name)
    {
        using var process = Process.GetCurrentProcess();
        return process.Modules.Cast<ProcessModule>().FirstOrDefault(
            module => module.ModuleName.StartsWith(name, StringComparison.Ordinal)) is { } found
            ? new FileInfo(found.FileName).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found.FileName
            : null;
    }

    private static string? LibcVersion() =>
        NativeLibrary.TryLoad("libc.so.6", out var libc) && NativeLibrary.TryGetExport(libc, "gnu_get_libc_version", out _)
            ? Marshal.PtrToStringUTF8(GnuVersion())
            : null;

    [LibraryImport("libc.so.6", EntryPoint = "gnu_get_libc_version")]
    private static partial IntPtr GnuVersion();
}

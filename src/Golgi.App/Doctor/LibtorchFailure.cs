using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Golgi.App.Commands;
using Golgi.Native;

namespace Golgi.App.Doctor;

/// <summary>What happens where libtorch does not load: one clear message and exit code 1, before TorchSharp copies packages about
/// and prints advice that does not fit.</summary>
internal static class LibtorchFailure
{
    /// <summary>Ends the process with a message as soon as TorchSharp does not find its native libraries.</summary>
    public static void Watch() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += (_, name) =>
    {
        if (name is "torch_cpu" or "LibTorchSharp") Exit(Bundled() ?? $"{name} was not found.");
        return IntPtr.Zero;
    };

    /// <summary>Ends the process with a message.</summary>
    public static void Exit(string message)
    {
        Console.Error.WriteLine($"golgi: {message}");
        Console.Error.WriteLine("`golgi doctor` tells more.");
        Environment.Exit(ExitCode.Failed);
    }

    /// <summary>Tries to load what lies beside the tool.</summary>
    /// <returns>Why it does not load, or null if it does.</returns>
    public static string? Bundled()
    {
        try
        {
            if (!File.Exists(Path.Combine(AppContext.BaseDirectory, Libtorch.FileName("torch_cpu"))))
            {
                return $"this build came without libtorch (GolgiTorch=none). Set {Libtorch.Variable} to the folder of a libtorch " +
                    $"{Libtorch.Version}, or build without that property.";
            }

            Libtorch.Load(AppContext.BaseDirectory);
            return Shim();
        }
        catch (DllNotFoundException error)
        {
            return error.Message;
        }
    }

    /// <summary>Tries to load TorchSharp's own native library, which lies beside the tool and needs a libtorch that is loaded.</summary>
    /// <returns>Why it does not load, or null if it does.</returns>
    public static string? Shim()
    {
        string path = Path.Combine(AppContext.BaseDirectory, Libtorch.FileName("LibTorchSharp"));
        if (NativeLibrary.TryLoad(path, out _)) return null;
        try
        {
            NativeLibrary.Load(path);
            return null;
        }
        catch (DllNotFoundException error)
        {
            string reason = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
            return $"{path} does not load: {reason}";
        }
    }
}

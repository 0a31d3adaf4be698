using System.Reflection;
using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>The moment at which libtorch and its binding are loaded and have not computed yet.</summary>
internal static class FirstCall
{
    private static readonly Lock Gate = new();
    private static bool done;

    /// <summary>True if libtorch is loaded already.</summary>
    public static bool IsPast => Loaded("torch_cpu") is not null;

    /// <summary>Repairs what is pending, as soon as the moment comes.</summary>
    /// <param name="binding">TorchSharp's managed half.</param>
    /// <returns>False if that is impossible: the program has a resolver of its own.</returns>
    public static bool Await(Assembly binding)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(binding, BeforeCall);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // The runtime asks at the first call of each of TorchSharp's native functions where they are.
    private static nint BeforeCall(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (done) return 0;
        lock (Gate)
        {
            if (!done && NativeRepairs.Awaits(NativeRepair.HiddenCaches) && Loaded("torch_cpu") is { } libtorch)
            {
                NativeRepairs.Note(HiddenCaches.Repair(libtorch));
            }

            if (!done && Loaded("LibTorchSharp") is { } binding)
            {
                done = true;
                if (NativeRepairs.Awaits(NativeRepair.ScalarLifetime)) NativeRepairs.Note(ScalarLifetime.Extend(NativeLibrary.Load(binding)));
            }
        }

        return 0; // the usual search goes on
    }

    /// <summary>The file of a library, if the process has loaded it. What waits for it waits on Linux only.</summary>
    private static string? Loaded(string library)
    {
        if (!OperatingSystem.IsLinux()) return null;
        string end = $"/{Libtorch.FileName(library)}";
        string? line = File.ReadLines("/proc/self/maps").FirstOrDefault(mapping => mapping.EndsWith(end, StringComparison.Ordinal));
        return line?[line.IndexOf('/', StringComparison.Ordinal)..];
    }
}

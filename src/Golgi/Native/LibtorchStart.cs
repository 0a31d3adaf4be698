using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Golgi.Native;

/// <summary>Puts right what is wrong with libtorch and its binding on this machine, after they are loaded and before they compute.</summary>
internal static class LibtorchStart
{
    private static readonly Lock Gate = new();
    private static bool done;

    // No other moment is passed by every program.
#pragma warning disable CA2255 // a module initializer in a library: it costs microseconds
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Watch()
    {
        if (!OperatingSystem.IsLinux() || !(HiddenCaches.Prepare() | ScalarLifetime.CanExtend)) return;
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, BeforeCall);
        }
        catch (InvalidOperationException)
        {
            // The program has a resolver of its own for TorchSharp; nothing can be put right then.
        }
    }

    // The runtime asks at the first call of each of TorchSharp's native functions where they are.
    private static nint BeforeCall(string library, Assembly assembly, DllImportSearchPath? path)
    {
        if (done) return 0;
        lock (Gate)
        {
            using var process = Process.GetCurrentProcess();
            var modules = process.Modules.Cast<ProcessModule>().ToLookup(module => module.ModuleName, module => module.FileName);
            if (!done && modules[Libtorch.FileName("torch_cpu")].FirstOrDefault() is { } libtorch) HiddenCaches.Repair(libtorch);
            if (!done && modules[Libtorch.FileName("LibTorchSharp")].FirstOrDefault() is { } binding)
            {
                done = true;
                ScalarLifetime.Extend(NativeLibrary.Load(binding));
            }
        }

        return 0; // the usual search goes on
    }
}

using System.Runtime.InteropServices;

namespace Golgi.Numerics;

/// <summary>What libtorch itself writes on standard error.</summary>
internal static class LibtorchLog
{
    private const string Variable = "TORCH_CPP_LOG_LEVEL";
    private const int Error = 2; // of c10's levels

    /// <summary>Leaves errors only, unless the user's environment says otherwise. Has an effect on Linux, once libtorch is loaded.</summary>
    /// <remarks>On processors that NNPACK does not know, libtorch warns of it at every small convolution: 176 lines in one step of
    /// feature visualization, among which a user's own messages are lost. Only Python reads the variable by itself.</remarks>
    public static unsafe void OnlyErrors()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Variable) is not null) return;
        if (NativeLibrary.TryLoad("libc10.so", out var library) && NativeLibrary.TryGetExport(library, "FLAGS_caffe2_log_level", out var level))
        {
            *(int*)level = Error;
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Golgi.Native;

/// <summary>What a loaded libtorch says of itself.</summary>
/// <param name="Description">Its own description, many lines: compilers, libraries, flags.</param>
public sealed partial record LibtorchBuild(string Description)
{
    /// <summary>Its version, "2.10.0"; null where it does not say.</summary>
    public string? Version => VersionLine().Match(Description) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The instructions that its kernels use here: "AVX2", "AVX512", "DEFAULT"; null where it does not say.</summary>
    public string? CpuCapability => CapabilityLine().Match(Description) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>The CUDA version that it was built for; null for a build without CUDA.</summary>
    public string? Cuda => CudaLine().Match(Description) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Asks a loaded libtorch; possible on Linux, where the name of its C++ function is known.</summary>
    /// <param name="library">The handle of <c>torch_cpu</c>.</param>
    /// <returns>Null where it cannot be asked.</returns>
    public static unsafe LibtorchBuild? Read(IntPtr library)
    {
        // std::string at::show_config(), returned through a hidden pointer to 32 bytes: data, length, and room for short texts.
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64) return null;
        if (!NativeLibrary.TryGetExport(library, "_ZN2at11show_configB5cxx11Ev", out var function)) return null;

        byte* text = stackalloc byte[32];
        ((delegate* unmanaged<byte*, byte*>)function)(text);
        byte* data = *(byte**)text;
        int length = (int)*(long*)(text + 8);
        return new LibtorchBuild(Encoding.UTF8.GetString(data, length)); // the text itself is left allocated: it is read once
    }

    [GeneratedRegex(@"TORCH_VERSION=([0-9.]+)")]
    private static partial Regex VersionLine();

    [GeneratedRegex(@"CPU capability usage: (\S+)")]
    private static partial Regex CapabilityLine();

    [GeneratedRegex(@"CUDA Runtime ([0-9.]+)")]
    private static partial Regex CudaLine();
}

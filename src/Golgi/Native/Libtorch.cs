using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>Loads libtorch from a folder at run time: a CUDA build, or one that the machine already has.</summary>
/// <remarks>
/// A program that references no <c>libtorch-*</c> package calls <see cref="Load"/> before its first tensor. Where such a
/// package has put a libtorch beside the program, TorchSharp finds that one by itself and a second one cannot be loaded
/// beside it. The <c>golgi</c> command gets round this by an assembly load context of its own.
/// </remarks>
public static class Libtorch
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "GOLGI_LIBTORCH";

    /// <summary>The version that this TorchSharp was built for; another one lacks functions, or has them changed.</summary>
    public const string Version = "2.10";

    /// <summary>What <see cref="Variable"/> names, or null.</summary>
    public static string? Folder =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;

    /// <summary>Loads the libraries of a folder, in the order in which they need each other.</summary>
    /// <param name="folder">What was unpacked (its <c>lib</c> is found), or the folder that holds the libraries themselves.</param>
    /// <returns>The handle of <c>torch_cpu</c>; it stays loaded as long as the process lives.</returns>
    /// <exception cref="DllNotFoundException">The folder holds no libtorch, one of another version, or one that does not load here.</exception>
    public static IntPtr Load(string folder)
    {
        string at = Locate(folder);
        foreach (string name in (string[])["c10", "torch_cpu", "torch"]) Open(at, FileName(name));

        string main = FileName("torch_cpu");
        var handle = Open(at, main);
        // The shim asks for libtorch by this bare name, which the loader answers with a library that is already there.
        if (OperatingSystem.IsLinux() && (!NativeLibrary.TryLoad(main, out var bare) || bare != handle))
        {
            throw new DllNotFoundException(
                $"{Path.Combine(at, main)} calls itself by another name, as system packages do; a libtorch {Version} as PyTorch publishes "
                    + "it is needed.");
        }

        if (LibtorchBuild.Read(handle) is { Version: { } version } && !version.StartsWith(Version + ".", StringComparison.Ordinal))
        {
            throw new DllNotFoundException($"{at} holds libtorch {version}; TorchSharp was built for {Version}, and only that fits.");
        }

        return handle;
    }

    /// <summary>Finds the folder that holds the libraries; loads nothing.</summary>
    /// <param name="folder">As for <see cref="Load"/>.</param>
    /// <exception cref="DllNotFoundException">There is none.</exception>
    public static string Locate(string folder)
    {
        string main = FileName("torch_cpu");
        return Array.Find([folder, Path.Combine(folder, "lib")], candidate => File.Exists(Path.Combine(candidate, main)))
            ?? throw new DllNotFoundException(
                $"{(Directory.Exists(folder) ? $"There is no {main} in {folder}" : $"There is no folder {folder}")}; " +
                $"it must be an unpacked libtorch {Version}, or its lib folder.");
    }

    /// <summary>A library's file name on this system: <c>libtorch_cpu.so</c>, <c>torch_cpu.dll</c>, <c>libtorch_cpu.dylib</c>.</summary>
    public static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    private static IntPtr Open(string folder, string file)
    {
        try
        {
            return NativeLibrary.Load(Path.Combine(folder, file));
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            // The runtime's text ends with what the system's loader said; before that it gives general advice.
            string reason = error.Message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];
            throw new DllNotFoundException($"{Path.Combine(folder, file)} does not load: {reason}", error);
        }
    }
}

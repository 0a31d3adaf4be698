using System.Reflection;
using System.Runtime.Loader;
using Golgi.Native;

namespace Golgi.App.Doctor;

/// <summary>Runs the tool once more within the process, with TorchSharp's native libraries taken from GOLGI_LIBTORCH instead of
/// those beside the tool.</summary>
/// <remarks>TorchSharp asks for <c>torch_cpu</c> by name, relative to its own assembly. Only the context of that assembly is asked
/// first, and the default context cannot be extended: hence a second one, into which our assemblies load again.</remarks>
internal sealed class LibtorchContext(string folder) : AssemblyLoadContext("GOLGI_LIBTORCH")
{
    /// <summary>True if the tool should run in such a context and does not yet.</summary>
    public static bool IsWanted =>
        Libtorch.Folder is not null && GetLoadContext(typeof(LibtorchContext).Assembly) == Default;

    /// <summary>Runs the tool in a new context.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(string[] args)
    {
        var inside = new LibtorchContext(Libtorch.Folder!).LoadFromAssemblyPath(typeof(LibtorchContext).Assembly.Location);
        return (int)inside.EntryPoint!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [args], null)!;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        switch (unmanagedDllName)
        {
            case "torch_cpu" or "torch_cuda":
                return LoadLibtorch(unmanagedDllName);
            default:
                string path = Path.Combine(AppContext.BaseDirectory, Libtorch.FileName(unmanagedDllName));
                return File.Exists(path) ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;
        }
    }

    private IntPtr LoadLibtorch(string name)
    {
        try
        {
            var main = Libtorch.Load(folder);
            string file = Path.Combine(Libtorch.Locate(folder), Libtorch.FileName(name));
            return name == "torch_cpu" || !File.Exists(file) ? main : LoadUnmanagedDllFromPath(file);
        }
        catch (DllNotFoundException error)
        {
            // TorchSharp would go on, and load the libtorch beside the tool: not what was asked for.
            LibtorchFailure.Exit(error.Message);
            throw;
        }
    }
}

using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>Environment variables as native code sees them: .NET's own SetEnvironmentVariable does not reach it.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable unless the user has. Linux only.</summary>
    public static void Suggest(string name, string value) => SetNative(name, value, overwrite: 0);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}

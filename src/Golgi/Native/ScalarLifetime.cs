using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>Keeps the numbers that TorchSharp passes to libtorch alive until libtorch has read them.</summary>
/// <remarks>
/// For a call such as <c>x.add_(y)</c> TorchSharp makes an object for the factor 1 and passes on where its number lies, but
/// does not keep the object. A garbage collection that begins on another thread meanwhile finds it dead, its finalizer frees
/// the number, and libtorch reads what came to that place: the call fails ("Expected false to be true", "Unknown scalar type"),
/// or computes with another number. Here numbers are freed a second later than asked (docs/decisions/0009).
/// </remarks>
internal static unsafe partial class ScalarLifetime
{
    private const string Release = "THSTorch_dispose_scalar";
    private const long Rest = 1000; // ms; libtorch reads a number when a call begins
    private const int ReadAndExecute = 5, ReadWriteAndExecute = 7; // PROT_ flags of mman.h

    // How the function begins in the only builds that are changed: test rdi, rdi; je; mov eax, [rdi]; add eax, -5; cmp eax, ...
    private static readonly byte[] Known = [0x48, 0x85, 0xff, 0x74, 0x2d, 0x8b, 0x07, 0x83, 0xc0, 0xfb, 0x83, 0xf8];

    private static readonly Lock Gate = new();
    private static List<nint> older = [], newer = [];
    private static long turned;

    /// <summary>True on systems where the lifetime can be extended.</summary>
    public static bool CanExtend => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Finds out whether the lifetime can be extended.</summary>
    /// <param name="late">Whether libtorch is loaded already; another thread may be freeing a number then.</param>
    public static NativeRepairOutcome Begin(bool late)
    {
        if (!CanExtend) return Outcome(NativeRepairState.Impossible, "possible on Linux for x64 only");
        return late
            ? Outcome(NativeRepairState.TooLate, "libtorch was loaded before: a long run can end, rarely, in an error about a scalar's type")
            : Outcome(NativeRepairState.Pending, "numbers will be freed a second later, from TorchSharp's first call on");
    }

    /// <summary>Replaces the function that frees a number, if it is the one that is known.</summary>
    /// <param name="binding">TorchSharp's native half.</param>
    public static NativeRepairOutcome Extend(nint binding)
    {
        if (!IsKnown(binding, out nint function)) return Outcome(NativeRepairState.Impossible, "another build of TorchSharp's native half");
        nint page = function & ~(nint)(Environment.SystemPageSize - 1);
        nuint length = (nuint)(function + Known.Length - page);
        if (Protect(page, length, ReadWriteAndExecute) != 0) return Outcome(NativeRepairState.Impossible, "this system forbids writing to code");
        byte[] jump = [0x48, 0xb8, .. BitConverter.GetBytes((nint)(delegate* unmanaged<nint, void>)&Free), 0xff, 0xe0]; // mov rax, Free; jmp rax
        jump.CopyTo(new Span<byte>((void*)function, Known.Length));
        _ = Protect(page, length, ReadAndExecute);
        return Outcome(NativeRepairState.Done, "numbers are freed a second later than TorchSharp asks");
    }

    /// <summary>Whether the function that frees a number is the one that was published, unchanged.</summary>
    /// <param name="binding">TorchSharp's native half.</param>
    public static bool IsKnown(nint binding, out nint function) =>
        NativeLibrary.TryGetExport(binding, Release, out function) && new Span<byte>((void*)function, Known.Length).SequenceEqual(Known);

    private static NativeRepairOutcome Outcome(NativeRepairState state, string text) => new(NativeRepair.ScalarLifetime, state, text);

    // Called in place of the function, by finalizers and whoever disposes a number.
    [UnmanagedCallersOnly]
    private static void Free(nint number)
    {
        lock (Gate)
        {
            if (Environment.TickCount64 - turned > Rest)
            {
                foreach (nint rested in older) NativeMemory.Free((void*)rested); // C++'s delete is the C library's free
                older.Clear();
                (older, newer, turned) = (newer, older, Environment.TickCount64);
            }

            if (number != 0) newer.Add(number);
        }
    }

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int flags);
}

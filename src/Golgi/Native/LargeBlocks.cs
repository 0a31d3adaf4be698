using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>What the C library does with the memory of freed tensors. Elsewhere than on glibc this does nothing.</summary>
internal static partial class LargeBlocks
{
    private const int TrimThreshold = -1, MapThreshold = -3; // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h
    private const string HugePages = "THP_MEM_ALLOC_ENABLE"; // read by libtorch
    private const string Kept = "memory of freed tensors is kept for the next ones";

    private static readonly Lock Gate = new();
    private static int streams;

    /// <summary>From now on, memory of tensors of up to 32 MB waits for the next ones when they are disposed, and tensors of more
    /// than 2 MB get pages of 2 MB, unless the user's environment says otherwise.</summary>
    /// <param name="late">Whether libtorch is loaded already, and has asked about pages.</param>
    /// <remarks>For loops that make the same tensors in every step. Memory that goes back to
    /// the system comes again as empty pages, each at the price of a page fault: on a virtual machine 15 ms for a sigmoid of
    /// 5 MB that takes 1 ms to compute, and four times the time of a convolutional network on 16 images. glibc keeps no block of
    /// more than 32 MB; of those at least the faults become fewer, which took a training step of Conv2 on 250 images from 3.6 s to 0.9.
    /// Keeping them all would take it to 0.5, but grew from 1.3 GB to 8.7 within an hour: blocks of several sizes break each other up.</remarks>
    public static NativeRepairOutcome KeepWhenFreed(bool late)
    {
        if (!OperatingSystem.IsLinux()) return Outcome(NativeRepairState.NotNeeded, "another allocator, with rules of its own");
        if (!Keep()) return Outcome(NativeRepairState.NotNeeded, "another C library, with an allocator of its own");
        if (late) return Outcome(NativeRepairState.TooLate, $"{Kept}; libtorch was loaded before it could ask for large pages");
        if (!File.Exists("/sys/kernel/mm/transparent_hugepage/enabled")) return Outcome(NativeRepairState.Done, Kept);
        NativeEnvironment.Suggest(HugePages, "1");
        return Outcome(NativeRepairState.Done, $"{Kept}, in large pages");
    }

    /// <summary>Until the scope ends, memory of tensors of 256 kB or more goes back to the system when they are disposed, where
    /// <see cref="NativeRepair.LargeBlocks"/> is at work; nothing changes where it is not.</summary>
    /// <remarks>Kept memory comes from a heap that only shrinks at its end: streaming a file through small blocks then ends with
    /// several times the memory that is alive.</remarks>
    public static IDisposable ReturnWhenFreed() => new Stream();

    private static bool Keep() => Set((MapThreshold, 32 * 1024 * 1024), (TrimThreshold, 1024 * 1024 * 1024));

    private static NativeRepairOutcome Outcome(NativeRepairState state, string text) => new(NativeRepair.LargeBlocks, state, text);

    /// <returns>False where the C library knows no such options.</returns>
    private static bool Set(params ReadOnlySpan<(int Parameter, int Value)> options)
    {
        try
        {
            foreach (var (parameter, value) in options) _ = SetMallocOption(parameter, value);
            return true;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int parameter, int value);

    private sealed class Stream : IDisposable
    {
        private readonly bool at = NativeRepairs.Report?[NativeRepair.LargeBlocks].State is NativeRepairState.Done or NativeRepairState.TooLate;
        private bool closed;

        public Stream()
        {
            lock (Gate)
            {
                if (at && streams++ == 0) Set((MapThreshold, 256 * 1024), (TrimThreshold, 128 * 1024));
            }
        }

        public void Dispose()
        {
            lock (Gate)
            {
                if (at && !closed && --streams == 0) Keep();
                closed = true;
            }
        }
    }
}

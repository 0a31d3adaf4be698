using System.Runtime.InteropServices;

namespace Golgi.Numerics;

/// <summary>What the C library does with the memory of freed tensors. Elsewhere than on glibc this does nothing.</summary>
public static partial class LargeBlocks
{
    private const int TrimThreshold = -1, MapThreshold = -3, MapLimit = -4; // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_MMAP_MAX of malloc.h

    /// <summary>From now on, memory of tensors of 256 kB or more goes back to the system when they are disposed.</summary>
    /// <remarks>glibc raises the size from which it maps blocks of their own whenever one is freed, so that after a few large
    /// tensors all of them come from a heap that only shrinks at its end: streaming a file through small blocks then ends with
    /// several times the memory that is alive. Fixing the size turns that off.</remarks>
    public static void ReturnWhenFreed() => Set((MapLimit, 65536), (MapThreshold, 256 * 1024), (TrimThreshold, 128 * 1024));

    /// <summary>From now on, memory of tensors waits for the next ones when they are disposed.</summary>
    /// <remarks>For loops that make the same tensors in every step; the command does so from its start. Memory that goes back to
    /// the system comes again as empty pages, each at the price of a page fault: on a virtual machine 15 ms for a sigmoid of
    /// 5 MB that takes 1 ms to compute, and seven times the time of a training step of Conv2 on 250 images. The price is memory:
    /// that step holds 1.8 GB instead of 1.3. On threads other than the first, glibc maps blocks of more than 64 MB all the same.</remarks>
    public static void KeepWhenFreed() => Set((MapLimit, 0), (TrimThreshold, 1024 * 1024 * 1024));

    private static void Set(params ReadOnlySpan<(int Parameter, int Value)> options)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            foreach (var (parameter, value) in options) _ = SetMallocOption(parameter, value);
        }
        catch (EntryPointNotFoundException)
        {
            // Another C library, with another allocator.
        }
        catch (DllNotFoundException)
        {
            // The same.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetMallocOption(int parameter, int value);
}

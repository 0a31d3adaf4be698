using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>What the C library does with the memory of freed tensors. Elsewhere than on glibc this does nothing.</summary>
public static partial class LargeBlocks
{
    private const int TrimThreshold = -1, MapThreshold = -3; // M_TRIM_THRESHOLD, M_MMAP_THRESHOLD of malloc.h

    /// <summary>From now on, memory of tensors of 256 kB or more goes back to the system when they are disposed.</summary>
    /// <remarks>glibc raises the size from which it maps blocks of their own whenever one is freed, so that after a few large
    /// tensors all of them come from a heap that only shrinks at its end: streaming a file through small blocks then ends with
    /// several times the memory that is alive. Fixing the size turns that off.</remarks>
    public static void ReturnWhenFreed() => Set((MapThreshold, 256 * 1024), (TrimThreshold, 128 * 1024));

    /// <summary>From now on, memory of tensors of up to 32 MB waits for the next ones when they are disposed, and tensors of more
    /// than 2 MB get pages of 2 MB. The latter only before the first tensor, and unless the user's environment says otherwise.</summary>
    /// <remarks>For loops that make the same tensors in every step; the command does so from its start. Memory that goes back to
    /// the system comes again as empty pages, each at the price of a page fault: on a virtual machine 15 ms for a sigmoid of
    /// 5 MB that takes 1 ms to compute, and four times the time of a convolutional network on 16 images. glibc keeps no block of
    /// more than 32 MB; of those at least the faults become fewer, which took a training step of Conv2 on 250 images from 3.6 s to 0.9.
    /// Keeping them all would take it to 0.5, but grew from 1.3 GB to 8.7 within an hour: blocks of several sizes break each other up.</remarks>
    public static void KeepWhenFreed()
    {
        Set((MapThreshold, 32 * 1024 * 1024), (TrimThreshold, 1024 * 1024 * 1024));
        if (File.Exists("/sys/kernel/mm/transparent_hugepage/enabled")) NativeEnvironment.Suggest("THP_MEM_ALLOC_ENABLE", "1"); // read by libtorch
    }

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

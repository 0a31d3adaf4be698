using System.Runtime.InteropServices;

namespace Golgi.Numerics;

/// <summary>Keeps the C library from hoarding the memory of freed tensors.</summary>
/// <remarks>glibc raises the size from which it maps blocks of their own whenever one is freed, so that after a few large tensors
/// all of them come from a heap that only shrinks at its end: streaming a file through small blocks then ends with several times
/// the memory that is alive. Fixing the size turns that off. Elsewhere than on glibc this does nothing.</remarks>
public static partial class LargeBlocks
{
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD of malloc.h

    /// <summary>From now on, memory of tensors of 256 kB or more goes back to the system when they are disposed.</summary>
    public static void ReturnWhenFreed()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = SetMallocOption(MapThreshold, 256 * 1024);
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

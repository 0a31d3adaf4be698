using System.Runtime.InteropServices;

namespace Golgi.Native;

/// <summary>Scratch memory outside the managed heap, aligned to a cache line, not set to zero.</summary>
internal sealed unsafe class NativeBuffer<T>(long count) : IDisposable
    where T : unmanaged
{
    /// <summary>Its first element; null after <see cref="Dispose"/>.</summary>
    public T* Start { get; private set; } = (T*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, count) * (nuint)sizeof(T), 64);

    /// <summary>How many elements it holds.</summary>
    public long Count => count;

    public void Dispose()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}

using static TorchSharp.torch;

namespace Golgi.Native;

/// <summary>Tensor operations of the calling thread on a number of threads, as long as it lives; then as before.</summary>
/// <remarks>libtorch keeps the setting for each thread; a thread that is new to libtorch begins with what any other set last. So a scope ends on the
/// thread on which it began. Entries that promise the same bits open one around all that they do, not around a part of it: sums change
/// with the number.</remarks>
internal readonly struct ThreadScope : IDisposable
{
    private readonly int before, count;

    /// <summary>Begins.</summary>
    /// <param name="count">How many threads.</param>
    public ThreadScope(int count)
    {
        this.count = count;
        before = get_num_threads();
        if (before != count) set_num_threads(count);
    }

    /// <summary>One thread, for decompositions of small matrices.</summary>
    /// <remarks>They consist of thousands of short products; handing each to a second thread that waits only briefly
    /// (<see cref="OpenMp"/>) made the eigenvalues of 512 × 512 take 124 ms where one thread takes 21.</remarks>
    public static ThreadScope One() => new(1);

    /// <summary>Ends.</summary>
    public void Dispose()
    {
        if (before != count) set_num_threads(before);
    }
}

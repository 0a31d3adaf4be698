using static TorchSharp.torch;

namespace Golgi.Native;

/// <summary>Decompositions of small matrices on one thread, as long as it lives.</summary>
/// <remarks>They consist of thousands of short products; handing each to a second thread that waits only briefly
/// (<see cref="OpenMp"/>) made the eigenvalues of 512 × 512 take 124 ms where one thread takes 21.</remarks>
internal readonly struct OneThread : IDisposable
{
    private readonly int before;

    public OneThread()
    {
        before = get_num_threads();
        if (before > 1) set_num_threads(1);
    }

    public void Dispose()
    {
        if (before > 1) set_num_threads(before);
    }
}

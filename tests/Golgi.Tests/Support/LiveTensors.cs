using static TorchSharp.torch;

namespace Golgi.Tests.Support;

/// <summary>Counts tensors, for tests that none are left behind.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are once those that earlier tests forgot are gone; otherwise their finalizers would lower the
    /// count while the test runs.</summary>
    public static long CountSettled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}

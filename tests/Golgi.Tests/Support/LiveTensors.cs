using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Support;

/// <summary>Counts tensors, for tests that none are left behind.</summary>
internal static class LiveTensors
{
    /// <summary>Asserts that work leaves no tensor alive.</summary>
    /// <remarks>Tensors that earlier tests forgot may go meanwhile, by their finalizers: hence no equality, and a
    /// collection first.</remarks>
    public static void StayFlat(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = Tensor.TotalCount;
        work();
        long left = Tensor.TotalCount - before;
        Assert.True(left <= 0, $"{left} tensors are left behind.");
    }
}

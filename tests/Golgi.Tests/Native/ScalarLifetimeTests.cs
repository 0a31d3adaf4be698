using Golgi.Native;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Native;

[Collection(TorchState.Name)]
public sealed class ScalarLifetimeTests
{
    /// <summary>Without longer lifetimes some of these calls fail.</summary>
    [Fact]
    public void Numbers_outlive_the_calls_that_read_them_while_garbage_is_collected()
    {
        using var x = zeros(4096);
        using var y = ones(4096);
        Assert.SkipUnless(ScalarLifetime.CanExtend, "Only on Linux for x64.");
        Assert.Equal(NativeRepairState.Done, NativeRepairs.Report![NativeRepair.ScalarLifetime].State);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                GC.Collect(0);
                Thread.Sleep(1);
            }
        });
        collector.Start();
        int calls = 0;
        try
        {
            for (; calls < 20_000; calls++)
            {
                x.add_(y);
                if (calls % 16 == 0) Assert.Equal(calls + 1, x[4095].item<float>());
            }
        }
        finally
        {
            stop.Cancel();
            collector.Join();
        }

        Assert.Equal(calls, x[0].item<float>());
    }
}

using System.Diagnostics;
using Golgi.Numerics;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Numerics;

public sealed class ScalarLifetimeTests
{
    /// <summary>Without longer lifetimes some twenty of these calls fail in a second.</summary>
    [Fact]
    public void Numbers_outlive_the_calls_that_read_them_while_garbage_is_collected()
    {
        using var x = zeros(4096);
        using var y = ones(4096);
        Assert.SkipUnless(ScalarLifetime.CanExtend, "Only on Linux for x64.");
        Assert.True(ScalarLifetime.IsExtended);
        using var stop = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!stop.IsCancellationRequested) GC.Collect(0);
        });
        collector.Start();
        int calls = 0;
        try
        {
            for (var clock = Stopwatch.StartNew(); clock.ElapsedMilliseconds < 1500; calls++)
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

        Assert.True(calls > 1000, $"{calls} calls are too few to tell");
        Assert.Equal(calls, x[0].item<float>());
    }
}

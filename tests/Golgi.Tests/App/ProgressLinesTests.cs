using Golgi.App.Rendering;
using Golgi.Foundation;
using Xunit;

namespace Golgi.Tests.App;

public sealed class ProgressLinesTests
{
    [Fact]
    public void A_line_comes_every_ten_seconds_and_tells_the_time_to_go()
    {
        var clock = new Clock();
        using var writer = new StringWriter();
        var lines = new ProgressLines(writer, clock);

        for (int second = 0; second <= 25; second++)
        {
            clock.Now = TimeSpan.FromSeconds(second);
            lines.Report(new WorkProgress("training", second, 40, "loss 0.5"));
        }

        Assert.Equal(
            ["golgi: training, 10 of 40 (25 %), loss 0.5, 30 s to go", "golgi: training, 20 of 40 (50 %), loss 0.5, 20 s to go"],
            writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void What_an_earlier_call_had_done_does_not_count_for_the_speed()
    {
        var clock = new Clock();
        using var writer = new StringWriter();
        var lines = new ProgressLines(writer, clock);

        lines.Report(new WorkProgress("training", 900, 1000));
        clock.Now = TimeSpan.FromSeconds(20);
        lines.Report(new WorkProgress("training", 910, 1000));

        Assert.Contains("3 min 0 s to go", writer.ToString());
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}

using System.Text.Json;
using Golgi.Foundation;
using Golgi.Training.Schedules;
using Xunit;

namespace Golgi.Tests.Training.Schedules;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("constant", 1, 1, 1)]
    [InlineData("linear", 0.75, 0.5, 0)]
    [InlineData("cosine", 0.853553390593, 0.5, 0)]
    [InlineData("step", 1, 0.1, 0.01)]
    public void A_quarter_a_half_and_the_end_are_where_they_should_be(string kind, double quarter, double half, double end)
    {
        var schedule = new Schedule { Kind = ScheduleKind.Find(kind) };
        Assert.Equal(quarter, schedule.At(100, 400), 11);
        Assert.Equal(half, schedule.At(200, 400), 11);
        Assert.Equal(end, schedule.At(400, 400), 11);
    }

    [Fact]
    public void A_line_after_a_warm_up_falls_over_the_steps_that_are_left()
    {
        var schedule = Schedule.Linear with { Warmup = 0.2 };
        Assert.Equal(0.5, schedule.At(9, 100), 12);   // ten of twenty steps of the rise
        Assert.Equal(1, schedule.At(19, 100), 12);
        Assert.Equal(1, schedule.At(20, 100), 12);
        Assert.Equal(0.5, schedule.At(60, 100), 12);  // the middle of the eighty that are left
        Assert.Equal(0.0125, schedule.At(99, 100), 12);
    }

    [Fact]
    public void Each_milestone_that_was_reached_multiplies_by_the_factor()
    {
        var schedule = new Schedule { Kind = ScheduleKind.Find("step"), Factor = 0.5, Milestones = [0.2, 0.4, 0.9] };
        Assert.Equal([1, 1, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.125], Enumerable.Range(0, 10).Select(step => schedule.At(step, 10)));
    }

    [Fact]
    public void A_configuration_of_an_older_run_is_read_and_an_unknown_name_is_refused_with_the_nearest()
    {
        const string Old = """{"kind":"linear","warmup":0.05,"factor":0.1,"milestones":[0.5,0.75]}""";
        var found = JsonSerializer.Deserialize<Schedule>(Old, RunJson.Format)!;
        Assert.Equal(("linear", 0.05), (found.Kind.Name, found.Warmup));
        var error = Assert.Throws<ArgumentException>(() => ScheduleKind.Find("cosinus"));
        Assert.Contains("cosine", error.Message, StringComparison.Ordinal);
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Schedule>("""{"kind":"cosinus"}""", RunJson.Format));
    }
}

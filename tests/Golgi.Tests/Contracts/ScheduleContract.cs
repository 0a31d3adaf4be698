using Golgi.Training.Schedules;
using Xunit;

namespace Golgi.Tests.Contracts;

/// <summary>What every schedule must satisfy; run over all kinds.</summary>
public sealed class ScheduleContract
{
    private const long Total = 200;

    public static TheoryData<string> Names => [.. ScheduleKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found_by_its_name_and_written_as_it(string name)
    {
        var kind = ScheduleKind.Find(name);
        Assert.Equal(name, kind.Name);
        var schedule = new Schedule { Kind = kind, Warmup = 0.1 };
        Assert.Contains($"\"kind\": \"{name}\"", JsonText.Of(schedule), StringComparison.Ordinal);
        Assert.Same(kind, JsonText.There_and_back(schedule).Kind);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_begins_at_the_initial_rate_never_rises_and_stays_in_zero_to_one(string name)
    {
        double[] factors = Factors(new Schedule { Kind = ScheduleKind.Find(name) });
        Assert.Equal(1, factors[0]);
        Assert.All(factors, factor => Assert.InRange(factor, 0, 1));
        Assert.All(factors.Zip(factors.Skip(1)), pair => Assert.True(pair.Second <= pair.First));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_warm_up_rises_in_equal_parts_to_the_initial_rate_and_then_goes_on_as_the_whole_would(string name)
    {
        const int Rise = 50; // a quarter
        double[] factors = Factors(new Schedule { Kind = ScheduleKind.Find(name), Warmup = 0.25, Milestones = [0.7] });
        for (int step = 0; step < Rise; step++) Assert.Equal((step + 1) / (double)Rise, factors[step], 12);
        Assert.Equal(1, factors[Rise], 12);
        if (name == "step") return; // its milestones are shares of all steps: they do not move
        var plain = new Schedule { Kind = ScheduleKind.Find(name) };
        for (long step = Rise; step < Total; step++) Assert.Equal(plain.At(step - Rise, Total - Rise), factors[step], 12);
    }

    private static double[] Factors(Schedule schedule) => [.. Enumerable.Range(0, (int)Total).Select(step => schedule.At(step, Total))];
}

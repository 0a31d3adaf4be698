namespace Golgi.Training.Schedules;

/// <summary>The same rate throughout.</summary>
public sealed class ConstantSchedule : ScheduleKind
{
    /// <inheritdoc/>
    public override string Name => "constant";

    /// <inheritdoc/>
    public override double Factor(double done, double rest, Schedule schedule) => 1;
}

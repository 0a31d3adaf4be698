namespace Golgi.Training.Schedules;

/// <summary>A factor at each of the milestones, which are shares of all steps, the warm-up among them.</summary>
public sealed class StepSchedule : ScheduleKind
{
    /// <inheritdoc/>
    public override string Name => "step";

    /// <inheritdoc/>
    public override double Factor(double done, double rest, Schedule schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return Math.Pow(schedule.Factor, schedule.Milestones.Count(milestone => done >= milestone));
    }
}

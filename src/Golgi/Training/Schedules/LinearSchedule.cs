namespace Golgi.Training.Schedules;

/// <summary>A straight line to 0 at the end.</summary>
public sealed class LinearSchedule : ScheduleKind
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    public override double Factor(double done, double rest, Schedule schedule) => 1 - rest;
}

namespace Golgi.Training.Schedules;

/// <summary>Half a cosine, to 0 at the end.</summary>
public sealed class CosineSchedule : ScheduleKind
{
    /// <inheritdoc/>
    public override string Name => "cosine";

    /// <inheritdoc/>
    public override double Factor(double done, double rest, Schedule schedule) => 0.5 * (1 + Math.Cos(Math.PI * rest));
}

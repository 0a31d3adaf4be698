using System.Text.Json.Serialization;
using Golgi.Foundation;

namespace Golgi.Training.Schedules;

/// <summary>A shape of the learning rate over time. A new one is a class and a line in <see cref="All"/>.</summary>
[JsonConverter(typeof(ScheduleKindConverter))]
public abstract class ScheduleKind
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<ScheduleKind> All { get; } =
        [new ConstantSchedule(), new CosineSchedule(), new LinearSchedule(), new StepSchedule()];

    /// <summary>As users write it.</summary>
    public abstract string Name { get; }

    /// <summary>A kind by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static ScheduleKind Find(string name) =>
        All.First(kind => kind.Name == Check.Known(name, All.Select(one => one.Name), "schedule"));

    /// <summary>The factor on the initial rate.</summary>
    /// <param name="done">Share of all steps that were taken, in [0, 1].</param>
    /// <param name="rest">The same of those after the warm-up.</param>
    /// <param name="schedule">With the settings.</param>
    public abstract double Factor(double done, double rest, Schedule schedule);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

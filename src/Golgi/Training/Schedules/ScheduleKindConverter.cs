using Golgi.Foundation;

namespace Golgi.Training.Schedules;

/// <summary>Schedules by their names.</summary>
internal sealed class ScheduleKindConverter : WordConverter<ScheduleKind>
{
    protected override ScheduleKind Find(string name) => ScheduleKind.Find(name);

    protected override string NameOf(ScheduleKind kind) => kind.Name;
}

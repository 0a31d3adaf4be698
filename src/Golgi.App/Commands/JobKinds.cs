using Golgi.Jobs;

namespace Golgi.App.Commands;

/// <summary>The kinds of jobs that the command runs. Each adds one line; a worker makes jobs of their requests.</summary>
internal static class JobKinds
{
    public static JobCatalog All { get; } = new JobCatalog()
        .Add(TrainJob.Is, TrainJob.Make)
        .Add(EvaluateJob.Is);
}

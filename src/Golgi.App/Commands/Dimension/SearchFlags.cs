using System.CommandLine;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;

namespace Golgi.App.Commands.Dimension;

/// <summary>The options that say which dimensions are tried, what counts as success, and how many trainings run at a time.</summary>
internal sealed class SearchFlags
{
    public Option<double> Threshold { get; } = new("--threshold")
    {
        Description = "Share of the baseline that must be exceeded; 1 asks for d100.",
        DefaultValueFactory = _ => 0.9,
    };

    public Option<string> Baseline { get; } = new("--baseline")
    {
        Description = "own: the same network trained directly; absolute:ACCURACY, for instance absolute:1.0 (published for MNIST).",
        DefaultValueFactory = _ => "own",
    };

    public Option<int> Replicates { get; } = new("--replicates")
    {
        Description = "Trainings with other seeds at each dimension that decides.",
        DefaultValueFactory = _ => 3,
    };

    public Option<int> Start { get; } = new("--start") { Description = "Where the search begins.", DefaultValueFactory = _ => 200 };

    public Option<double> Resolution { get; } = new("--resolution")
    {
        Description = "The search ends when a success lies at most this factor above a failure.",
        DefaultValueFactory = _ => 1.25,
    };

    public Option<int[]> At { get; } = new("--at")
    {
        Description = "Try these dimensions instead of searching: --at 100 200 400.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public Option<int?> Workers { get; } = new("--workers")
    {
        Description = "Trainings at the same time, each a process on one thread. Default: one for each processor.",
    };

    public IReadOnlyList<Option> All => [Threshold, Baseline, Replicates, Start, Resolution, At, Workers];

    /// <summary>What the user asked for.</summary>
    public SearchOptions Read(Session session) => new()
    {
        Threshold = session.Value(Threshold),
        Baseline = BaselinePolicy.Parse(session.Value(Baseline)),
        Replicates = session.Value(Replicates),
        Start = session.Value(Start),
        Resolution = session.Value(Resolution),
        At = session.Value(At),
    };

    /// <summary>What runs trials in processes of their own; null where one at a time is asked for, which this process runs itself.</summary>
    public Action<string, IReadOnlyList<TrialRequest>>? Processes(Session session, IProgress<WorkProgress> progress)
    {
        int workers = Check.Positive(session.Value(Workers) ?? Environment.ProcessorCount, "--workers");
        return workers > 1 ? new TrialProcesses(workers, session.DataFolder, progress, session.Cancellation).Execute : null;
    }
}

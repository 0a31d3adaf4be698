using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Dimension;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension measure</c>: the intrinsic dimension of a problem.</summary>
internal sealed class DimensionMeasureCommand : Verb
{
    private readonly ProblemOptions problem = new();

    public DimensionMeasureCommand()
        : base(
            "measure",
            "Measures the intrinsic dimension: the fewest dimensions of a random subspace in which training reaches 90 % of the baseline. "
            + "Finished trainings are kept; the same command again continues, and another threshold or baseline reuses them.")
    {
        foreach (var option in problem.All) Options.Add(option);
        Options.Add(Threshold);
        Options.Add(Baseline);
        Options.Add(Replicates);
        Options.Add(Start);
        Options.Add(Resolution);
        Options.Add(At);
        Options.Add(Workers);
    }

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

    public override int Run(Session session)
    {
        var asked = problem.Read(session);
        var search = new SearchOptions
        {
            Threshold = session.Value(Threshold),
            Baseline = BaselinePolicy.Parse(session.Value(Baseline)),
            Replicates = session.Value(Replicates),
            Start = session.Value(Start),
            Resolution = session.Value(Resolution),
            At = session.Value(At),
        };
        int workers = session.Value(Workers) ?? Environment.ProcessorCount;
        Golgi.Numerics.Check.Positive(workers, "--workers");
        using var data = DisorderedData.Open(asked, session.DataFolder);
        var report = session.Track(progress => DimensionMeasure.Execute(
            asked,
            search,
            data,
            session.OutFolder,
            workers > 1 ? new TrialProcesses(workers, session.DataFolder, progress, session.Cancellation).Execute : null,
            progress,
            session.Cancellation));
        session.Print(report, DimensionView.Draw);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Golgi.Instruments.Dimension.Trials;
using Spectre.Console;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension trial</c>: one training of a measurement, as <c>measure</c> starts it in a process of its own.</summary>
internal sealed class DimensionTrialCommand : Verb
{
    public DimensionTrialCommand()
        : base(
            "trial", "One training of a measurement that is under way: what 'measure' starts, several at a time. Its result lands in the "
                + "run's folder.")
    {
        Hidden = true;
        Arguments.Add(Folder);
        Options.Add(Dimension);
        Options.Add(Replicate);
    }

    public Argument<DirectoryInfo> Folder { get; } = new("RUN") { Description = "The measurement's run folder." };

    public Option<int> Dimension { get; } = new("--d") { Description = "The dimension; 0 trains all weights directly.", Required = true };

    public Option<int> Replicate { get; } = new("--replicate") { Description = "Which repetition." };

    public override int Run(Session session)
    {
        using var run = Golgi.Runs.Run.Read(session.Value(Folder).FullName);
        var problem = run.Configuration.OptionsAs<DimensionProblem>();
        using var data = ShuffledData.Open(problem, session.DataFolder);
        var result = Trial.Execute(
            problem, data, session.Value(Dimension), session.Value(Replicate), cancellation: session.Cancellation);
        new TrialStore(run.Folder).Keep(result);
        session.Print(result, (found, console) => console.WriteLine($"d {found.Dimension}: accuracy {found.Accuracy:P2}"));
        return ExitCode.Done;
    }
}

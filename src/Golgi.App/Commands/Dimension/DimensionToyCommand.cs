using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Dimension.Toy;
using Golgi.Weights.Projections;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension toy</c>: a problem whose answer is known.</summary>
internal sealed class DimensionToyCommand : Verb
{
    public DimensionToyCommand()
        : base("toy", "Shows the idea in a second: 1000 weights, ten conditions on them; random subspaces meet the solutions from dimension 10 on.")
    {
        Options.Add(Projection);
        Options.Add(Replicates);
        Options.Add(Highest);
    }

    public Option<string> Projection { get; } = new("--projection")
    {
        Description = $"Kind of random subspace: {string.Join(", ", ProjectionCatalog.Names)}.",
        DefaultValueFactory = _ => "dense",
    };

    public Option<int> Replicates { get; } = new("--replicates")
    {
        Description = "Random subspaces of each dimension.",
        DefaultValueFactory = _ => 10,
    };

    public Option<int> Highest { get; } = new("--highest")
    {
        Description = "Dimensions from 1 to this, at most 100.",
        DefaultValueFactory = _ => 20,
    };

    public override int Run(Session session)
    {
        session.UseThreads(1);
        var report = ToyProblem.Measure(
            session.Value(Highest), session.Value(Replicates), session.Value(Projection), session.Seed);
        session.Print(report, DimensionView.Draw);
        return ExitCode.Done;
    }
}

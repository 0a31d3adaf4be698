using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Runs;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity dynamics RUN</c>: how layers settle during training.</summary>
internal sealed class DynamicsCommand : Verb
{
    private readonly MeasureOptions measure = new("svcca");
    private readonly StudyOptions study = new();

    public DynamicsCommand()
        : base(
            "dynamics",
            "Compares each layer during training with its final state, and says at which step it settles. Needs a run with snapshots: "
            + "golgi train --snapshots 20.")
    {
        study.AddTo(this);
        Options.Add(Threshold);
        foreach (var option in measure.All) Options.Add(option);
    }

    public Option<double> Threshold { get; } = new("--threshold")
    {
        Description = "Similarity to the final state from which a layer counts as settled.",
        DefaultValueFactory = _ => 0.9,
    };

    public override int Run(Session session)
    {
        var chosen = measure.OnBases(session);
        LayerSource.ChooseThreads(session);
        using var run = RunReference.Open(session.Value(study.Network), session.RunsFolder);
        using var specimen = study.Open(session);
        var found = session.Track(progress => LearningDynamics.Of(
            run, specimen, LayerSource.Shown(specimen), study.LayersOf(session, specimen), chosen, study.Reading(session),
            session.Value(Threshold), progress, session.Cancellation));
        study.Write(
            session,
            SimilarityTables.Of(found),
            [SimilarityFigures.Dynamics(found), .. found.Grids.Zip(
                found.GridSteps, (grid, step) => SimilarityFigures.Grid(grid, $"step {step}", "end"))]);
        session.Print(found, SimilarityViews.Draw);
        return ExitCode.Done;
    }
}

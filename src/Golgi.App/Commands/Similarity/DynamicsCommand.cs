using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Opening;
using Golgi.Runs;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity dynamics RUN</c>: how layers settle during training.</summary>
internal sealed class DynamicsCommand : Verb
{
    private readonly OptionSet<DynamicsOptions> options = new(new DynamicsOptions());
    private readonly StudyOptions study = new();

    public DynamicsCommand()
        : base(
            "dynamics",
            "Compares each layer during training with its final state, and says at which step it settles. Needs a run with snapshots: "
            + "golgi train --snapshots 20.")
    {
        options.AddLayers(all => all.Layers, (all, value) => all with { Layers = value });
        options.AddExamples(all => all.Examples, (all, value) => all with { Examples = value });
        options.Add(
            "--threshold", "Similarity to the final state from which a layer counts as settled.",
            all => all.Threshold, (all, value) => all with { Threshold = value });
        options.AddMeasure(all => all.Measure, (all, value) => all with { Measure = value });
        study.AddTo(this);
        options.AddTo(this);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = options.Read(session);
        var reference = NetworkReference.Parse(session.Value(study.Network.Network)!);
        using var run = RunReference.Open(reference.Name, session.RunsFolder);
        using var specimen = study.Network.Open(session, reference);
        using var job = new DynamicsJob(run, specimen, asked);
        return study.Run(session, job, SimilarityViews.Draw, SimilarityTables.Of, found =>
        [
            SimilarityFigures.Dynamics(found),
            .. found.Grids.Zip(found.GridSteps, (grid, step) => SimilarityFigures.Grid(grid, $"step {step}", "end")),
        ]);
    }
}

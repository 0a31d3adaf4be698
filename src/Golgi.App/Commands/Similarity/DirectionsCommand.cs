using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Networks;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity directions RUN --layer L</c>: how few directions of a layer carry the answers.</summary>
internal sealed class DirectionsCommand : Verb
{
    private readonly StudyOptions study = new();

    public DirectionsCommand()
        : base(
            "directions", "Accuracy with one layer projected on its first k directions, nothing retrained: SVCCA against principal components, "
                + "random directions and single neurons.")
    {
        study.AddTo(this, study.Layers, study.Examples);
        Options.Add(Layer);
        Options.Add(Other);
        Options.Add(Counts);
    }

    public Option<string> Layer { get; } =
        new("--layer") { Description = "The layer. Of convolutional maps, the channels are its directions' coordinates.", Required = true };

    public Option<string?> Other { get; } = new("--other") { Description = "A second network (another seed), for directions that both found." };

    public Option<long[]> Counts { get; } = new("--counts")
    {
        Description = "Numbers of directions. Default: 1, 2, 3, 5, 7, 10, 15, ... to the layer's width.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public override int Run(Session session)
    {
        LayerSource.ChooseThreads(session);
        using var specimen = study.Open(session);
        using var twin = Twin(session, specimen);
        var found = session.Track(progress => DirectionStudy.Of(
            specimen, twin, session.Value(Layer), LayerSource.Output(specimen), session.Value(Counts), (ulong)session.Seed, progress,
            session.Cancellation));
        study.Write(session, SimilarityTables.Of(found), SimilarityFigures.Directions(found));
        session.Print(found, SimilarityViews.Draw);
        return ExitCode.Done;
    }

    private Specimen? Twin(Session session, Specimen specimen) =>
        session.Value(Other) is { } other ? LayerSource.Specimen(other, session.Value(study.Data) ?? specimen.Data?.Name, session) : null;
}

using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity directions NETWORK --layer L</c>: how few directions of a layer carry the answers.</summary>
internal sealed class DirectionsCommand : Verb
{
    private readonly OptionSet<DirectionsOptions> options = new(new DirectionsOptions { Layer = "" });
    private readonly StudyOptions study = new("A second network (another seed), for directions that both found.");

    public DirectionsCommand()
        : base(
            "directions", "Accuracy with one layer projected on its first k directions, nothing retrained: SVCCA against principal components, "
                + "random directions and single neurons.")
    {
        options.Add(
            "--layer", "The layer. Of convolutional maps, the channels are its directions' coordinates.",
            _ => (string?)null, (all, value) => all with { Layer = value! }).Required = true;
        options.Add(
            "--counts", "Numbers of directions. Default: 1, 2, 3, 5, 7, 10, 15, ... to the layer's width.",
            all => all.Counts, (all, value) => all with { Counts = value });
        study.AddTo(this);
        options.AddTo(this);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = options.Read(session) with { Seed = (ulong)session.Seed };
        using var specimen = study.Network.Open(session);
        using var twin = study.OpenOther(session, specimen);
        using var job = new DirectionsJob(specimen, twin, asked);
        return study.Run(session, job, SimilarityViews.Draw, SimilarityTables.Of, found => [SimilarityFigures.Directions(found)]);
    }
}

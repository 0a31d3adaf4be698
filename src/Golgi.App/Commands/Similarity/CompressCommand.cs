using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity compress NETWORK</c>: layers made smaller, accuracy against size.</summary>
internal sealed class CompressCommand : Verb
{
    private readonly OptionSet<CompressLayersOptions> options = new(new CompressLayersOptions());
    private readonly StudyOptions study = new("A second network (another seed), for directions that both found.");

    public CompressCommand()
        : base(
            "compress", "Makes dense layers and convolutions physically smaller on a few directions of their inputs, nothing retrained: accuracy "
                + "against size for each source of directions.")
    {
        options.Add(
            "--shares", "Directions kept, as shares of a layer's inputs.", all => all.Shares, (all, value) => all with { Shares = value });
        study.AddTo(this);
        options.AddTo(this);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = options.Read(session) with { Seed = (ulong)session.Seed };
        using var specimen = study.Network.Open(session);
        using var twin = study.OpenOther(session, specimen);
        using var job = new CompressLayersJob(specimen, twin, asked);
        return study.Run(
            session, job, (found, console) => SimilarityViews.Draw(found.Points, console), found => SimilarityTables.Of(found.Points),
            found => [SimilarityFigures.Compression(found.Points)]);
    }
}

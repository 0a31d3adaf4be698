using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity compress RUN</c>: layers made smaller, accuracy against size.</summary>
internal sealed class CompressCommand : Verb
{
    private readonly StudyOptions study = new();

    public CompressCommand()
        : base(
            "compress", "Makes dense layers and convolutions physically smaller on a few directions of their inputs, nothing retrained: accuracy "
                + "against size for each source of directions.")
    {
        study.AddTo(this, study.Layers, study.Examples);
        Options.Add(Other);
        Options.Add(Shares);
    }

    public Option<string?> Other { get; } = new("--other") { Description = "A second network (another seed), for directions that both found." };

    public Option<double[]> Shares { get; } = new("--shares")
    {
        Description = "Directions kept, as shares of a layer's inputs.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [0.01, 0.02, 0.05, 0.1, 0.2, 0.35],
    };

    public override int Run(Session session)
    {
        LayerSource.ChooseThreads(session);
        using var specimen = study.Open(session);
        using var twin = session.Value(Other) is { } other
            ? LayerSource.Specimen(other, session.Value(study.Data) ?? specimen.Data?.Name, session)
            : null;
        var points = session.Track(progress => LayerCompression.Curve(
            specimen, twin, session.Value(Shares), (ulong)session.Seed, progress, session.Cancellation));
        study.Write(session, SimilarityTables.Of(points), SimilarityFigures.Compression(points));
        session.Print(
            new Printed(LayerCompression.Layers(specimen.Network), points), (printed, console) => SimilarityViews.Draw(printed.Points, console));
        return ExitCode.Done;
    }

    private sealed record Printed(IReadOnlyList<string> Layers, IReadOnlyList<CompressionPoint> Points);
}

using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Models;
using Golgi.Similarity;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity grid RUN [OTHER]</c>: every layer beside every layer.</summary>
internal sealed class GridCommand : Verb
{
    private readonly MeasureOptions measure = new("svcca");
    private readonly StudyOptions study = new();

    public GridCommand()
        : base("grid", "Compares every layer of a network with every layer of another, or of itself. Each layer is whitened once.")
    {
        study.AddTo(this);
        Arguments.Add(Other);
        foreach (var option in measure.All) Options.Add(option);
    }

    public Argument<string?> Other { get; } = new("OTHER")
    {
        Description = "The other network, shown the same examples. Default: the network itself.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    public override int Run(Session session)
    {
        var chosen = measure.OnBases(session);
        LayerSource.ChooseThreads(session);
        using var specimen = study.Open(session);
        var rows = Bases(specimen, session);
        var columns = rows;
        string name = specimen.Name;
        if (session.Value(Other) is { } reference)
        {
            using var other = LayerSource.Specimen(reference, session.Value(study.Data) ?? specimen.Data?.Name, session);
            columns = Bases(other, session);
            name = other.Name;
        }

        var grid = SimilarityGrid.Of(rows, columns, chosen, session.Cancellation);
        study.Draw(session, SimilarityFigures.Grid(grid, specimen.Name, name));
        session.Print(grid, SimilarityViews.Draw);
        foreach (var (_, basis) in rows.Concat(columns).Distinct()) basis.Dispose();
        return ExitCode.Done;
    }

    private List<(string Name, Basis Basis)> Bases(Specimen specimen, Session session)
    {
        var layers = study.LayersOf(session, specimen);
        var rows = session.Track(progress => LayerActivations.Record(
            specimen, LayerSource.Shown(specimen), layers, study.Reading(session), progress, session.Cancellation));
        List<(string, Basis)> bases = [.. layers.Select(layer => (layer, Basis.Of(rows[layer].Values)))];
        foreach (var part in rows.Values) part.Dispose();
        return bases;
    }
}

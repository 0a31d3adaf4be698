using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity grid RUN [OTHER]</c>: every layer beside every layer.</summary>
internal sealed class GridCommand : Verb
{
    private const long UsualFrequencies = 8;
    private readonly MeasureOptions measure = new("svcca");
    private readonly StudyOptions study = new();
    private readonly SpatialOption spatial = new("pool", UsualFrequencies);

    public GridCommand()
        : base(
            "grid",
            "Compares every layer of a network with every layer of another, of any architecture, or of itself. Each pair comes with the null "
                + "by formula, "
            + "a shuffled null, an interval and a held-out value; --companions formula leaves those out, and each layer is then whitened once.")
    {
        study.AddTo(this);
        Arguments.Add(Other);
        Options.Add(OtherLayers);
        foreach (var option in measure.All) Options.Add(option);
        spatial.AddTo(this);
        Options.Add(Companions);
        Options.Add(Permutations);
    }

    public Argument<string?> Other { get; } = new("OTHER")
    {
        Description = "The other network, shown the same examples. Default: the network itself.",
        Arity = ArgumentArity.ZeroOrOne,
        DefaultValueFactory = _ => null,
    };

    public Option<string[]> OtherLayers { get; } = new("--other-layers")
    {
        Description = "Layers of the other network. Default: chosen as for the first.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public Option<Companions> Companions { get; } = new("--companions")
    {
        Description = "What accompanies each value: all, or formula (the null by formula alone, faster).",
        DefaultValueFactory = _ => Golgi.App.Commands.Similarity.Companions.All,
    };

    public Option<int> Permutations { get; } = new("--permutations")
    {
        Description = "Shuffled pairings behind each pair's shuffled null.",
        DefaultValueFactory = _ => 3,
    };

    public override int Run(Session session)
    {
        var chosen = measure.Of(session);
        LayerSource.ChooseThreads(session);
        using var specimen = study.Open(session);
        var layers = study.LayersOf(session, specimen);
        using var other = session.Value(Other) is { } reference
            ? LayerSource.Specimen(reference, session.Value(study.Data) ?? specimen.Data?.Name, session)
            : null;
        IReadOnlyList<string> others = other is null ? [] : LayerActivations.Resolve(other, session.Value(OtherLayers));
        var grid = spatial.PerFrequency(session)
            ? PerFrequency(session, chosen, (specimen, layers), (other, others))
            : OnRows(session, chosen, (specimen, layers), (other, others));
        foreach (string warning in grid.Warnings) session.Say($"golgi: {warning}");
        study.Write(session, SimilarityTables.Of(grid), SimilarityFigures.Grid(grid, specimen.Name, (other ?? specimen).Name));
        session.Print(grid, SimilarityViews.Draw);
        return ExitCode.Done;
    }

    private ComparisonOptions Around(Session session) => new() { Seed = (ulong)session.Seed, Permutations = session.Value(Permutations) };

    private SimilarityGrid PerFrequency(
        Session session, Measure chosen, (Specimen Network, IReadOnlyList<string> Layers) left,
        (Specimen? Network, IReadOnlyList<string> Layers) right)
    {
        var rows = Spectra(left.Network, left.Layers);
        var columns = right.Network is null ? rows : Spectra(right.Network, right.Layers);
        var grid = session.Track(progress => SimilarityGrid.Judged(rows, columns, chosen, Around(session), progress, session.Cancellation));
        foreach (var (_, basis) in rows.Concat(columns).Distinct()) basis.Dispose();
        return grid;

        IReadOnlyList<(string Name, SpectralBasis Basis)> Spectra(Specimen network, IReadOnlyList<string> layers) => session.Track(progress =>
            LayerActivations.Spectra(
                network, LayerSource.Shown(network), layers, spatial.Most(session), session.Value(study.Examples), progress, session.Cancellation));
    }

    private SimilarityGrid OnRows(
        Session session, Measure chosen, (Specimen Network, IReadOnlyList<string> Layers) left,
        (Specimen? Network, IReadOnlyList<string> Layers) right)
    {
        bool all = session.Value(Companions) == Golgi.App.Commands.Similarity.Companions.All;
        var onBases = all ? null : measure.OnBases(session);
        var rows = Rows(left.Network, left.Layers);
        var columns = right.Network is null ? rows : Rows(right.Network, right.Layers);
        try
        {
            if (all) return session.Track(progress => SimilarityGrid.Judged(rows, columns, chosen, Around(session), progress, session.Cancellation));
            var whitened = Bases(rows);
            var others = ReferenceEquals(rows, columns) ? whitened : Bases(columns);
            var grid = SimilarityGrid.Of(whitened, others, onBases!, session.Cancellation);
            foreach (var (_, basis) in whitened.Concat(others).Distinct()) basis.Dispose();
            return grid;
        }
        finally
        {
            foreach (var (_, part) in rows.Concat(columns).Distinct()) part.Dispose();
        }

        List<(string Name, ActivationRows Rows)> Rows(Specimen network, IReadOnlyList<string> layers)
        {
            var reading = study.Reading(session, spatial.Reading(session, MapReading.Pool));
            var found = session.Track(progress => LayerActivations.Record(
                network, LayerSource.Shown(network), layers, reading, progress, session.Cancellation));
            return [.. layers.Select(layer => (layer, (ActivationRows)found[layer]))];
        }
    }

    private static List<(string Name, Basis Basis)> Bases(List<(string Name, ActivationRows Rows)> rows) =>
        [.. rows.Select(row => (row.Name, Basis.Of(((TensorRows)row.Rows).Values)))];
}

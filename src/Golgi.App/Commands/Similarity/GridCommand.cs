using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity grid NETWORK [--other NETWORK]</c>: every layer beside every layer.</summary>
internal sealed class GridCommand : Verb
{
    private readonly OptionSet<LayerGridOptions> options = new(new LayerGridOptions());
    private readonly StudyOptions study = new("The other network, shown the same examples. Default: the network itself.");

    public GridCommand()
        : base(
            "grid",
            "Compares every layer of a network with every layer of another, of any architecture, or of itself. Each pair comes with the null "
                + "by formula, "
            + "a shuffled null, an interval and a held-out value; --companions formula leaves those out, and each layer is then whitened once.")
    {
        options.AddLayers(all => all.Layers, (all, value) => all with { Layers = value });
        options.Add(
            "--other-layers", "Layers of the other network. Default: chosen as for the first.",
            all => all.OtherLayers, (all, value) => all with { OtherLayers = value });
        options.AddExamples(all => all.Examples, (all, value) => all with { Examples = value });
        options.AddMeasure(all => all.Measure, (all, value) => all with { Measure = value });
        options.Add(
            "--spatial",
            "Maps [N, C, H, W] and sequences [N, T, D]: flatten (every value a feature), pixels (every place or token a sample), pool (their mean), "
                + "dft (cca or svcca of maps per spatial frequency; sizes may differ).",
            all => all.Spatial, (all, value) => all with { Spatial = value });
        options.Add(
            "--frequencies", "With --spatial dft: frequencies along each side, the lowest.",
            all => all.Frequencies, (all, value) => all with { Frequencies = value });
        options.Add(
            "--companions", "What accompanies each value: all, or formula (the null by formula alone, faster).",
            all => all.Companions, (all, value) => all with { Companions = value });
        options.Add(
            "--permutations", "Shuffled pairings behind each pair's shuffled null.",
            all => all.Around.Permutations, (all, value) => all with { Around = all.Around with { Permutations = value } });
        study.AddTo(this);
        Arguments.Add(Second);
        options.AddTo(this);
    }

    /// <summary>The second network where it stood before there was <c>--other</c>.</summary>
    public Argument<string?> Second { get; } = new("OTHER")
    {
        Description = "The other network, as --other names it.",
        Arity = ArgumentArity.ZeroOrOne,
        Hidden = true,
        DefaultValueFactory = _ => null,
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = options.Read(session);
        asked = asked with { Around = asked.Around with { Seed = (ulong)session.Seed } };
        string? before = Before(session);
        using var specimen = study.Network.Open(session);
        using var other = study.OpenOther(session, specimen, before);
        using var job = new LayerGridJob(specimen, other, asked);
        return study.Run(session, job, SimilarityViews.Draw, SimilarityTables.Of, grid =>
        {
            foreach (string warning in grid.Warnings) session.Say($"golgi: {warning}");
            return [SimilarityFigures.Grid(grid, specimen.Name, (other ?? specimen).Name)];
        });
    }

    private string? Before(Session session)
    {
        if (session.Value(Second) is not { } second) return null;
        if (session.Value(study.Other!) is { } named)
        {
            throw new ArgumentException($"The other network is named twice, '{second}' and --other '{named}'. Name it once.");
        }

        session.Say($"golgi: {second} is taken for the other network, as before; write --other {second} for it.");
        return second;
    }
}

using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.App.Report.Plots;
using Golgi.App.Report.Tickets;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets find</c>: iterative search for lottery tickets.</summary>
internal sealed class FindTicketsCommand : Verb
{
    private readonly TicketInputs inputs = new();
    private readonly SearchInputs search = new();

    public FindTicketsCommand()
        : base(
            "find",
            "Looks for lottery tickets: train, prune, set weights back, train again, beside controls of equal sparsity. Every training is "
            + "a run that is never repeated; the same command continues a search that was stopped.")
    {
        inputs.AddTo(this);
        Options.Add(Criterion);
        Options.Add(MaskOneAction);
        Options.Add(MaskZeroAction);
        search.AddTo(this);
        Options.Add(Figure);
    }

    public Option<string> Criterion { get; } = new("--criterion")
    {
        Description =
            "Which weights are kept: large-final, magnitude-increase, movement, large-init, random, large-final-same-sign, snip, grasp, synflow, ...",
        DefaultValueFactory = _ => "large-final",
    };

    public Option<string> MaskOneAction { get; } = new("--mask1")
    {
        Description = "What happens to kept weights: rewind, keep, reinit, reshuffle, constant; the last four also with -same-sign; all also with "
            + "-rescaled at the end.",
        DefaultValueFactory = _ => "rewind",
    };

    public Option<string> MaskZeroAction { get; } = new("--mask0")
    {
        Description = "What pruned weights are: zero, freeze, variant-1, variant-2, control-reshuffle, control-reverse.",
        DefaultValueFactory = _ => "zero",
    };

    public Option<FileInfo?> Figure { get; } = new("--figure", "--plot")
    {
        Description = $"Draws accuracy against weights remaining into this file: {FigureFile.Endings}; a page (.html) shows the masks too.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        if (session.Value(Figure) is { } wished) FigureFile.Require(wished.FullName);
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        var options = search.Options(session, blueprint, inputs) with
        {
            Criterion = MaskCriterion.Find(session.Value(Criterion)),
            MaskOne = MaskOne.Find(session.Value(MaskOneAction)),
            MaskZero = MaskZero.Find(session.Value(MaskZeroAction)),
        };
        var found = session.Track(progress =>
            TicketSearch.Find(blueprint, options, inputs.Seeds(session), session.RunsFolder, progress, session.Cancellation));
        if (session.Value(Figure) is { } file) TicketPlot.Save(found, file.FullName);
        session.Print(found, TicketSearchView.Draw);
        return ExitCode.Done;
    }
}

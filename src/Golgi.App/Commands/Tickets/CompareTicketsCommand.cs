using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.App.Report.Plots;
using Golgi.App.Report.Tickets;
using Golgi.Instruments.Tickets.Comparisons;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets compare</c>: the paper's findings, one table each.</summary>
internal sealed class CompareTicketsCommand : Verb
{
    private readonly TicketInputs inputs = new();
    private readonly SearchInputs search = new();

    public CompareTicketsCommand()
        : base(
            "compare", "Repeats one of the paper's findings: every setting beside the one that it is compared with, and whether it came out "
                + "as published.")
    {
        Arguments.Add(Question);
        inputs.AddTo(this);
        search.AddTo(this);
        Options.Add(Settings);
        Options.Add(Figure);
    }

    public Argument<string> Question { get; } = new Argument<string>("QUESTION")
    {
        Description = "criteria: which weights to keep; signs: what must be kept of them; zeros: what the others must be.",
    }.AcceptOnlyFromAmong([.. TicketSetting.Questions]);

    public Option<string?> Settings { get; } = new("--settings")
    {
        Description =
            "Only these settings, joined by commas, as movement,large-init; what they are compared with comes along. Default: all of the question's.",
    };

    public Option<FileInfo?> Figure { get; } = new("--figure", "--plot")
    {
        Description = $"Draws accuracy against weights remaining into this file: {FigureFile.Endings}.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        if (session.Value(Figure) is { } wished) FigureFile.Require(wished.FullName);
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        var options = search.Options(session, blueprint, inputs);
        var found = session.Track(progress => TicketComparison.Measure(
            session.Value(Question), blueprint, options, inputs.Seeds(session), session.RunsFolder, Chosen(session), progress, session.Cancellation));
        if (session.Value(Figure) is { } file) TicketPlot.Save(found, file.FullName);
        session.Print(found, TicketComparisonView.Draw);
        return ExitCode.Done;
    }

    private string[]? Chosen(Session session) =>
        session.Value(Settings)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.App.Report.Tickets;
using Golgi.Instruments.Tickets.Comparisons;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets compare</c>: the paper's findings, one table each.</summary>
internal sealed class CompareTicketsCommand : Verb
{
    private readonly TicketInputs inputs = new();
    private readonly SearchOptions search = new();
    private readonly FigureOption figure = new();

    public CompareTicketsCommand()
        : base(
            "compare", "Repeats one of the paper's findings: every setting beside the one that it is compared with, and whether it came out "
                + "as published.")
    {
        Arguments.Add(Question);
        inputs.AddTo(this);
        search.AddTo(this, search.Chosen);
        Options.Add(Settings);
        Options.Add(figure.Figure);
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

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var blueprint = inputs.Open(session);
        using var data = blueprint.Data;
        using var job = new CompareTicketsJob(
            session.Value(Question), blueprint, search.Read(session, blueprint), inputs.Seeds(session),
            session.Value(Settings)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var done = inputs.Run(session, job);
        figure.Draw(session, done, path => TicketPlot.Save(done.Result, path));
        session.Print(done, TicketComparisonView.Draw);
        return ExitCode.Done;
    }
}

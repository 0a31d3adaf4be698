using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Tickets;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets compare</c>: the paper's findings, one table each.</summary>
internal sealed class CompareTicketsCommand : Verb
{
    private readonly TicketInputs inputs = new();
    private readonly SearchInputs search = new();

    public CompareTicketsCommand()
        : base("compare", "Repeats one of the paper's findings: every setting beside the one that it is compared with, and whether it came out as published.")
    {
        Arguments.Add(Question);
        inputs.AddTo(this);
        search.AddTo(this);
    }

    public Argument<string> Question { get; } = new Argument<string>("QUESTION")
    {
        Description = "criteria: which weights to keep; signs: what must be kept of them; zeros: what the others must be.",
    }.AcceptOnlyFromAmong([.. Comparison.Questions]);

    public override int Run(Session session)
    {
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        var options = search.Options(session, blueprint, inputs);
        var found = session.Track(progress => TicketComparison.Measure(
            session.Value(Question), blueprint, options, inputs.Seeds(session), session.OutFolder, progress, session.Cancellation));
        session.Print(found, TicketComparisonView.Draw);
        return ExitCode.Done;
    }
}

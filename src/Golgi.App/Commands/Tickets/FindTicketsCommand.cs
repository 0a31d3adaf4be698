using Golgi.App.Rendering;
using Golgi.App.Report.Tickets;
using Golgi.Instruments.Tickets.Search;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets find</c>: iterative search for lottery tickets.</summary>
internal sealed class FindTicketsCommand : Verb
{
    private readonly TicketInputs inputs = new();
    private readonly SearchOptions search = new();
    private readonly FigureOption figure = new();

    public FindTicketsCommand()
        : base(
            "find",
            "Looks for lottery tickets: train, prune, set weights back, train again, beside controls of equal sparsity. Every training is "
            + "a run that is never repeated; the same command continues a search that was stopped.")
    {
        inputs.AddTo(this);
        search.AddTo(this);
        Options.Add(figure.Figure);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var blueprint = inputs.Open(session);
        using var data = blueprint.Data;
        using var job = new FindTicketsJob(blueprint, search.Read(session, blueprint), inputs.Seeds(session));
        var done = inputs.Run(session, job);
        figure.Draw(session, done, path => TicketPlot.Save(done.Result, session.RunsFolder, path));
        session.Print(done, TicketSearchView.Draw);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Use;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets bench</c>: does pruning make a network faster?</summary>
internal sealed class BenchTicketCommand : Verb
{
    public BenchTicketCommand()
        : base(
            "bench", "Times a ticket's or any other network as it is, without its dead units, and with sparse matrices; with intervals, and it says "
                + "so when nothing is gained.")
    {
        Arguments.Add(Network);
        Options.Add(Batches);
    }

    public Argument<string> Network { get; } = TicketNetwork.Argument;

    public Option<int[]> Batches { get; } = new("--batches") { Description = "Sizes of batches.", DefaultValueFactory = _ => [1, 256] };

    public override int Run(Session session)
    {
        session.UseThreads(1);
        using var specimen = TicketNetwork.Open(session, session.Value(Network), data: null);
        var found = TicketUse.Time(specimen, session.Value(Batches), session.Cancellation);
        session.Print(found, TicketUseView.Draw);
        return ExitCode.Done;
    }
}

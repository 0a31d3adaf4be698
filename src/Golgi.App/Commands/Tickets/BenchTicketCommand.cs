using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Use;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets bench</c>: does pruning make a network faster?</summary>
internal sealed class BenchTicketCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly KeepOption keep = new();

    public BenchTicketCommand()
        : base(
            "bench", "Times a ticket's or any other network as it is, without its dead units, and with sparse matrices; with intervals, and it says "
                + "so when nothing is gained.")
    {
        network.AddTo(this);
        Options.Add(Batches);
        keep.AddTo(this);
    }

    public Option<int[]> Batches { get; } = new("--batches")
    {
        Description = "Sizes of batches.",
        DefaultValueFactory = _ => [1, 256],
        AllowMultipleArgumentsPerToken = true,
    };

    public override int Run(Session session)
    {
        session.UseThreads(1);
        using var specimen = network.Open(session);
        using var job = new BenchJob(specimen, session.Value(Batches));
        keep.Print(session, job, TicketUseView.Draw);
        return ExitCode.Done;
    }
}

using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Data;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Use;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets apply</c>: makes a ticket's network again and measures it.</summary>
internal sealed class ApplyTicketCommand : Verb
{
    public ApplyTicketCommand()
        : base("apply", "Makes a ticket's network again from its file (a seed, bits, a lineage) and measures it on the test set.")
    {
        Arguments.Add(Ticket);
        Options.Add(Data);
    }

    public Argument<FileInfo> Ticket { get; } = new Argument<FileInfo>("TICKET") { Description = "A ticket.safetensors." }.AcceptExistingOnly();

    public Option<string?> Data { get; } = new("--data") { Description = "Data set. Default: the one that the ticket was found with." };

    public override int Run(Session session)
    {
        string path = session.Value(Ticket).FullName;
        using var data = DataCatalog.Open(
            session.Value(Data) ?? TicketFile.ReadLineage(path).Data, new DataOptions { Folder = session.DataFolder });
        var found = TicketUse.Evaluate(path, data, session.Cancellation);
        session.Print(found, TicketUseView.Draw);
        return ExitCode.Done;
    }
}

using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Use;
using Golgi.Opening;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets apply</c>: makes a ticket's network again and measures it.</summary>
internal sealed class ApplyTicketCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly KeepOption keep = new();

    public ApplyTicketCommand()
        : base("apply", "Makes a ticket's network again from its file (a seed, bits, a lineage) and measures it on the test set.")
    {
        network.AddTo(this);
        keep.AddTo(this);
    }

    public override int Run(Session session)
    {
        var reference = NetworkReference.Parse(session.Value(network.Network)!);
        string ticket = TicketSpecimen.RequireTicket(reference, session.SpecimenOptions);
        using var specimen = network.Open(session, reference);
        using var job = new ApplyTicketJob(specimen, ticket);
        keep.Print(session, job, TicketUseView.Draw);
        return ExitCode.Done;
    }
}

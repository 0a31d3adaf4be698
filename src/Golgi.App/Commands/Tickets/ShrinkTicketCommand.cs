using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Tickets;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets shrink</c>: removes dead units and channels.</summary>
internal sealed class ShrinkTicketCommand : Verb
{
    public ShrinkTicketCommand()
        : base("shrink", "Removes the units and channels that a ticket leaves dead, checks that the outputs agree, and writes the smaller network.")
    {
        Arguments.Add(Ticket);
        Options.Add(Data);
        Options.Add(To);
    }

    public Argument<FileInfo> Ticket { get; } = ApplyTicketCommand.TicketArgument;

    public Option<string?> Data { get; } = new("--data") { Description = "Data set that outputs are compared on. Default: the one that the ticket was found with." };

    public Option<FileInfo?> To { get; } = new("--to") { Description = "File for the smaller network: .safetensors for its weights, .onnx for the network itself, which every command takes. Default: shrunk.safetensors beside the ticket." };

    public override int Run(Session session)
    {
        string path = session.Value(Ticket).FullName;
        using var data = ApplyTicketCommand.Open(session, session.Value(Data), path);
        string to = session.Value(To)?.FullName ?? Path.Combine(Path.GetDirectoryName(path)!, "shrunk.safetensors");
        var found = TicketUse.Shrink(path, data, to, session.Cancellation);
        session.Print(found, TicketUseView.Draw);
        bool agrees = found.LargestDifference < 1e-3;
        if (!agrees) session.Say($"golgi: the outputs differ by up to {found.LargestDifference:0.0e0}; the smaller network is not the same.");
        return agrees ? ExitCode.Done : ExitCode.Refused;
    }
}

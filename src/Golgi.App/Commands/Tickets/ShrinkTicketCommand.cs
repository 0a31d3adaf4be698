using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Use;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets shrink</c>: removes dead units and channels.</summary>
internal sealed class ShrinkTicketCommand : Verb
{
    public ShrinkTicketCommand()
        : base(
            "shrink",
            "Removes the units and channels that a ticket, or any network with zeros, leaves dead, writes the smaller network as ONNX, and "
            + "checks that the outputs agree. In residual networks channels go that are dead on all paths; where nothing is dead nothing goes.")
    {
        Arguments.Add(Network);
        Options.Add(Data);
        Options.Add(To);
    }

    public Argument<string> Network { get; } = TicketNetwork.Argument;

    public Option<string?> Data { get; } = TicketNetwork.DataOption;

    public Option<FileInfo?> To { get; } =
        new("--to") { Description = "The smaller network's file. Default: shrunk.onnx, beside the ticket or here." };

    public override int Run(Session session)
    {
        string reference = session.Value(Network);
        using var specimen = TicketNetwork.Open(session, reference, session.Value(Data));
        string beside = File.Exists(reference) ? Path.GetDirectoryName(Path.GetFullPath(reference))! : Directory.GetCurrentDirectory();
        string to = session.Value(To)?.FullName ?? Path.Combine(beside, "shrunk.onnx");
        var found = TicketUse.Shrink(specimen, to, session.Cancellation);
        session.Print(found, TicketUseView.Draw);
        if (found.Agrees) return ExitCode.Done;
        session.Say(
            $"golgi: the outputs differ by up to {found.LargestDifference:0.0e0} of {found.LargestOutput:0.0e0}; the smaller network is "
                + "not the same.");
        return ExitCode.Refused;
    }
}

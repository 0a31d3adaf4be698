using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Use;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets shrink</c>: removes dead units and channels.</summary>
internal sealed class ShrinkTicketCommand : Verb
{
    private readonly NetworkOptions network = new();

    public ShrinkTicketCommand()
        : base(
            "shrink",
            "Removes the units and channels that a ticket, or any network with zeros, leaves dead, writes the smaller network as ONNX, and "
            + "checks that the outputs agree. In residual networks channels go that are dead on all paths; where nothing is dead nothing goes.")
    {
        network.AddTo(this);
        Options.Add(To);
    }

    public Option<FileInfo?> To { get; } =
        new("--to") { Description = "The smaller network's file. Default: shrunk.onnx, beside the ticket or here." };

    public override int Run(Session session)
    {
        string reference = session.Value(network.Network)!;
        using var specimen = network.Open(session, reference);
        using var job = new ShrinkJob(specimen);
        var done = session.Run(job);
        string beside = File.Exists(reference) ? Path.GetDirectoryName(Path.GetFullPath(reference))! : Directory.GetCurrentDirectory();
        string to = session.Value(To)?.FullName ?? Path.Combine(beside, ShrinkJob.FileName);
        AtomicFile.Write(to, stream => stream.Write(File.ReadAllBytes(Path.Combine(done.Artifacts, ShrinkJob.FileName))));
        session.Print(done, (found, console) => TicketUseView.Draw(found, to, console));
        if (done.Result.Agrees) return ExitCode.Done;
        session.Say(
            $"golgi: the outputs differ by up to {done.Result.LargestDifference:0.0e0} of {done.Result.LargestOutput:0.0e0}; the smaller network is "
                + "not the same.");
        return ExitCode.Refused;
    }
}

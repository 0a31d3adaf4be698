using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Studies;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see audit</c>: shortcuts that decide a class.</summary>
internal sealed class SeeAuditCommand : Verb
{
    private readonly NetworkOptions network = new();
    private readonly OptionSet<ShortcutAuditOptions> options = new(new ShortcutAuditOptions());

    public SeeAuditCommand()
        : base(
            "audit",
            "Looks for shortcuts: small parts of the picture, such as a watermark, that decide a class by "
            + "themselves. Exit code 3 if there are any.")
    {
        network.AddTo(this);
        options.Add("--layer", "Layer whose reacting units are listed for each shortcut.", o => o.Layer, (o, value) => o with { Layer = value });
        options.Add("--cells", "Cells along a side of the picture.", o => o.Cells, (o, value) => o with { Cells = value });
        options.Add("--images", "Pictures for each class and cell.", o => o.Images, (o, value) => o with { Images = value });
        options.Add("--threshold", "Excess of flips above which a part is called a shortcut.",
            o => o.Threshold, (o, value) => o with { Threshold = value });
        options.AddTo(this);
        Options.Add(Part);
    }

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.", "train");

    public override bool OutWasRuns => false;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var job = new AuditJob(specimen, options.Read(session) with { Seed = session.Seed }, PartOption.Read(session.Value(Part)));
        var done = session.Run(job);
        session.Print(done, Draw);
        return done.Result.Shortcuts > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Draw(AuditResult result, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Minimal).AddColumns(
            "class", "rows", "columns", "flips", "control", "excess", "units that react");
        foreach (var finding in result.Findings)
        {
            var region = finding.Region;
            table.AddRow(
                Markup.Escape(result.ClassNames.ElementAtOrDefault((int)finding.Class) ?? $"{finding.Class}"),
                $"{region.Top}..{region.Top + region.Height - 1}", $"{region.Left}..{region.Left + region.Width - 1}",
                $"{finding.Flips:P0}", $"{finding.Control:P0}", finding.Suspicious ? $"[bold red]{finding.Excess:P0}[/]" : $"{finding.Excess:P0}",
                string.Join(" ", finding.Units.Select(unit => $"{unit.Key} ({unit.Value:+0.0})")));
        }

        console.Write(table);
        console.MarkupLine(
            result.Shortcuts == 0 ? "No part of the picture decides a class by itself." : $"[bold red]{result.Shortcuts} shortcuts.[/]");
    }
}

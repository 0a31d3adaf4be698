using Golgi.App.Commands.Options;
using System.CommandLine;
using Golgi.Instruments.Synthesis.Studies;
using Spectre.Console;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see audit</c>: shortcuts that decide a class.</summary>
internal sealed class SeeAuditCommand : Verb
{
    private const int Shown = 12;
    private readonly NetworkChoice network = new();

    public SeeAuditCommand()
        : base(
            "audit",
            "Looks for shortcuts: small parts of the picture, such as a watermark, that decide a class by "
            + "themselves. Exit code 3 if there are any.")
    {
        network.AddTo(this);
        Option[] options = [Layer, GridCells, Images, Threshold, Part];
        foreach (var option in options) Options.Add(option);
    }

    public Option<string?> Layer { get; } = new("--layer")
    {
        Description = "Layer whose reacting units are listed for each shortcut.",
    };

    public Option<int> GridCells { get; } = new("--cells")
    {
        Description = "Cells along a side of the picture.",
        DefaultValueFactory = _ => 4,
    };

    public Option<int> Images { get; } = new("--images")
    {
        Description = "Pictures for each class and cell.",
        DefaultValueFactory = _ => 64,
    };

    public Option<double> Threshold { get; } = new("--threshold")
    {
        Description = "Excess of flips above which a part is called a shortcut.",
        DefaultValueFactory = _ => 0.3,
    };

    public Option<string> Part { get; } = PartOption.Of("train, validation or test.", "train");

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var options = new ShortcutAuditOptions
        {
            Layer = session.Value(Layer),
            Cells = session.Value(GridCells),
            Images = session.Value(Images),
            Threshold = session.Value(Threshold),
            Seed = session.Seed,
        };
        var findings = session.Track(progress =>
            ShortcutAudit.Run(specimen, PartOption.Of(specimen, session.Value(Part)), options, progress, session.Cancellation));
        var result =
            new Printed(findings.Count(finding => finding.Suspicious), [.. findings.Take(Shown)], specimen.ClassNames);
        session.Print(result, Draw);
        return result.Shortcuts > 0 ? ExitCode.Refused : ExitCode.Done;
    }

    private static void Draw(Printed result, IAnsiConsole console)
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

    private sealed record Printed(
        int Shortcuts, IReadOnlyList<ShortcutFinding> Findings, IReadOnlyList<string> ClassNames);
}

using System.CommandLine;
using System.Text.Json.Nodes;
using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs show</c>.</summary>
internal sealed class RunsShowCommand : Verb
{
    public RunsShowCommand()
        : base("show", "Shows one run: its options, its result, its last measurements, its files.") => Arguments.Add(Reference);

    public Argument<string> Reference { get; } = new("RUN") { Description = "The run's folder, its name under --runs, or the beginning of it." };

    public override int Run(Session session)
    {
        using var run = RunReference.Open(session.Value(Reference), session.RunsFolder);
        string[] checkpoints = [.. Directory.EnumerateFiles(Path.Combine(run.Folder, "checkpoints"), "*.safetensors")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order()];
        var shown = new Shown(
            RunSummary.Of(run), run.Folder, run.Configuration.Options, run.ResultJson,
            run.Metrics is [.., var last] ? last.Values : null, checkpoints);
        session.Print(shown, Draw);
        return ExitCode.Done;
    }

    private static void Draw(Shown shown, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{shown.Summary.Name}[/]  {shown.Summary.State}");
        console.WriteLine(shown.Folder);
        Section("options", Flat.Of(shown.Options), console);
        if (shown.Result is not null) Section("result", Flat.Of(shown.Result), console);
        if (shown.Latest is not null) Section("latest", shown.Latest.Select(p => (p.Key, $"{p.Value:G6}")), console);
        console.WriteLine($"checkpoints: {string.Join(", ", shown.Checkpoints)}");
    }

    private static void Section(string title, IEnumerable<(string Key, string Value)> rows, IAnsiConsole console)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (var (key, value) in rows) grid.AddRow(Markup.Escape(key), Markup.Escape(value));
        console.Write(new Panel(grid).Header(title).Border(BoxBorder.Rounded));
    }

    private sealed record Shown(
        RunSummary Summary,
        string Folder,
        JsonObject Options,
        JsonObject? Result,
        IReadOnlyDictionary<string, double>? Latest,
        IReadOnlyList<string> Checkpoints);
}

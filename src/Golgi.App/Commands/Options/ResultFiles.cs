using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.App.Report.Plots;
using Golgi.Jobs;
using Spectre.Console;

namespace Golgi.App.Commands.Options;

/// <summary>The options of verbs whose result is also a figure and a table: <c>--figure</c> and <c>--csv</c>.</summary>
internal sealed class ResultFiles
{
    public Option<FileInfo?> Figure { get; } = new("--figure")
    {
        Description = $"Draws the result into this file: {FigureFile.Endings}.",
        Validators = { result => Refuse(result.GetValueOrDefault<FileInfo?>(), result.AddError) },
    };

    public Option<FileInfo?> Csv { get; } = new("--csv") { Description = "Writes the numbers into this file, comma-separated, one row per value." };

    public void AddTo(Command command)
    {
        command.Options.Add(Figure);
        command.Options.Add(Csv);
    }

    /// <summary>Prints a job's result, and writes its table and figures: into the run's artifacts, and where the user asked for them.</summary>
    public void Print<T>(Session session, Completed<T> done, Action<T, IAnsiConsole> render, CsvText table, params IFigure[] figures)
        where T : class
    {
        Write(session, table, figures);
        if (done.Folder is not null && Path.Combine(done.Artifacts, "numbers.csv") is var numbers && !File.Exists(numbers))
        {
            FigureFile.Write(Path.Combine(done.Artifacts, "figure.svg"), figures);
            File.WriteAllText(numbers, table.ToString());
        }

        session.Print(done, render);
    }

    /// <summary>Writes what the user asked for.</summary>
    private void Write(Session session, CsvText table, params IFigure[] figures)
    {
        if (session.Value(Csv) is { } csv)
        {
            Directory.CreateDirectory(csv.DirectoryName!);
            File.WriteAllText(csv.FullName, table.ToString());
            session.Say($"golgi: numbers in {csv.FullName}");
        }

        if (session.Value(Figure) is not { } file) return;
        session.Say($"golgi: figure in {string.Join(", ", FigureFile.Write(file.FullName, figures))}");
    }

    // Before the work, which may be long.
    private static void Refuse(FileInfo? file, Action<string> error)
    {
        try
        {
            if (file is not null) FigureFile.Require(file.Name);
        }
        catch (ArgumentException wrong)
        {
            error(wrong.Message);
        }
    }
}

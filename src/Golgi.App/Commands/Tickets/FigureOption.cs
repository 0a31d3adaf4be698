using System.CommandLine;
using Golgi.App.Report.Plots;
using Golgi.Jobs;

namespace Golgi.App.Commands.Tickets;

/// <summary>The option of verbs whose result is drawn: as a page among the run's artifacts, and as a file of the user's choice.</summary>
internal sealed class FigureOption
{
    public Option<FileInfo?> Figure { get; } = new("--figure", "--plot")
    {
        Description = $"Draws accuracy against weights remaining into this file: {FigureFile.Endings}; a page (.html) of a search shows the masks "
            + "too.",
        Validators = { result => Refuse(result.GetValueOrDefault<FileInfo?>(), result.AddError) },
    };

    /// <summary>Draws a job's result.</summary>
    /// <param name="done">The job.</param>
    /// <param name="save">Draws into a file by its ending.</param>
    public void Draw<T>(Session session, Completed<T> done, Action<string> save)
        where T : class
    {
        if (Path.Combine(done.Artifacts, "page.html") is var page && !File.Exists(page)) save(page);
        if (session.Value(Figure) is not { } file) return;
        save(file.FullName);
        session.Say($"golgi: figure in {file.FullName}");
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

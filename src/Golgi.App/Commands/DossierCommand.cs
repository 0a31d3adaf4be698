using System.CommandLine;
using Golgi.App.Report;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Opening;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi dossier</c>: opens a network up and writes one HTML file about it.</summary>
internal sealed class DossierCommand : Verb
{
    public DossierCommand()
        : base(
            "dossier",
            "Opens a network up and writes what it finds into one self-contained HTML file. Without a network it draws the built-in data set, " +
            "trains a small network on it first, and shows what a dossier is.")
    {
        Arguments.Add(Network);
        Options.Add(Data);
        Options.Add(Checkpoint);
        Options.Add(File);
    }

    public Argument<string?> Network { get; } = new("NETWORK")
    {
        Description = $"The network: {SpecimenSource.Usage}. Default: a small one, trained on the spot.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Data { get; } = new("--data") { Description = "Data set to look at it with. Default: the one that it was trained on." };

    public Option<string> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Which of the run's checkpoints: final, best, step-00001000.",
        DefaultValueFactory = _ => "final",
    };

    public Option<FileInfo?> File { get; } = new("--file") { Description = "Where the HTML file goes. Default: the run's artifacts folder." };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var result = session.Track(progress => Examine(session, progress));
        session.Print(result, Render);
        return ExitCode.Done;
    }

    private DossierResult Examine(Session session, IProgress<WorkProgress> progress)
    {
        session.UseThreads(Environment.ProcessorCount);
        string reference = session.Value(Network) ?? Demonstration(session, progress);
        using var specimen = SpecimenSource.Open(reference, new SpecimenOptions
        {
            RunsFolder = session.OutFolder,
            Data = session.Value(Data),
            DataFolder = session.DataFolder,
            Checkpoint = session.Value(Checkpoint),
            Device = session.Device,
        });
        string? folder = RunFolder(session, reference, specimen.Name);
        string file = session.Value(File)?.FullName
            ?? (folder is null
                ? Path.Combine(session.OutFolder, $"dossier-{specimen.Name}.html")
                : Path.Combine(folder, "artifacts", "dossier.html"));
        var subject = new Subject(specimen, session.Seed, session.Device) { RunFolder = folder };
        return Dossier.Write(subject, Sections.All, file, progress, session.Cancellation);
    }

    /// <summary>The run of a small network on the built-in data, trained unless it is there already.</summary>
    private static string Demonstration(Session session, IProgress<WorkProgress> progress)
    {
        var usual = UsualRecipes.For("strokes", "cnn-small");
        var recipe = usual with
        {
            Seed = session.Seed,
            Epochs = 3,
            Snapshots = 5,
            Threads = session.Threads ?? usual.Threads,
            Device = session.Device.ToString(),
        };
        using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions(session.DataFolder), progress, session.Cancellation);
        return TrainingJob.Execute(recipe, data, session.OutFolder, progress, session.Cancellation).Run;
    }

    private static string? RunFolder(Session session, string reference, string name)
    {
        string folder = Directory.Exists(reference) ? Path.GetFullPath(reference) : Path.Combine(session.OutFolder, name);
        return System.IO.File.Exists(Path.Combine(folder, "config.json")) ? folder : null;
    }

    private static void Render(DossierResult result, IAnsiConsole console)
    {
        for (int i = 0; i < result.Findings.Count; i++)
        {
            console.WriteLine($"{i + 1}. {result.Findings[i].Replace("`", "", StringComparison.Ordinal)}");
        }
        console.WriteLine();
        console.WriteLine($"Dossier ({result.Bytes / 1e6:0.0} MB, {result.Seconds:0} s): {result.File}");
    }
}

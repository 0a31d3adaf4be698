using System.CommandLine;
using Golgi.App.Commands.Options;
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
    public const string Summary =
        "Opens a network up and writes what it finds into one self-contained HTML file. Without a network it draws the built-in data set, " +
        "trains a small network on it first, and shows what a dossier is.";

    private readonly NetworkOptions network = new("a small one, trained on the spot");

    public DossierCommand()
        : base("dossier", Summary)
    {
        network.AddTo(this);
        Options.Add(File);
    }

    public Option<FileInfo?> File { get; } = new("--file")
    {
        Description = "Where a copy of the HTML file goes. It lies in the artifacts folder of the dossier's run.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        string reference = session.Value(network.Network) ?? session.Track(progress => Demonstration(session, progress));
        session.UseThreads(Environment.ProcessorCount);
        using var specimen = network.Open(session, reference);
        var subject = new Subject(specimen, session.Seed, session.Device) { RunFolder = RunFolder(session, reference, specimen.Name) };
        using var job = new DossierJob(subject, Sections.All);
        var done = session.Run(job);
        session.Print(done with { Result = done.Result with { File = Copied(session, Path.Combine(done.Artifacts, done.Result.File)) } }, Render);
        return ExitCode.Done;
    }

    /// <summary>The file where the user wants it.</summary>
    private string Copied(Session session, string file)
    {
        if (session.Value(File) is not { } wanted) return file;
        Directory.CreateDirectory(wanted.DirectoryName!);
        AtomicFile.Write(wanted.FullName, stream => stream.Write(System.IO.File.ReadAllBytes(file)));
        return wanted.FullName;
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
        using var job = new TrainJob(recipe, data);
        return session.Workspace.Run(job, progress, session.Cancellation).Folder!;
    }

    /// <summary>The folder of the run that the network is from, or null.</summary>
    private static string? RunFolder(Session session, string reference, string name)
    {
        string named = NetworkReference.Parse(reference).Name;
        string folder = Directory.Exists(named)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(named))
            : Path.Combine(session.RunsFolder, name);
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

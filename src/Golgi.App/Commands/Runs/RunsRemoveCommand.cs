using System.CommandLine;
using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs rm</c>.</summary>
internal sealed class RunsRemoveCommand : Verb
{
    public RunsRemoveCommand()
        : base("rm", "Removes runs with everything in their folders. Without --yes it only says what it would remove.")
    {
        Arguments.Add(References);
        Options.Add(Yes);
    }

    public Argument<string[]> References { get; } = new("RUN")
    {
        Description = "The runs, each as its folder, its name under --runs, or the beginning of it.",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<bool> Yes { get; } = new("--yes") { Description = "Really remove." };

    public override int Run(Session session)
    {
        Run[] runs = [.. session.Value(References).Select(reference => RunReference.Open(reference, session.RunsFolder))];
        bool remove = session.Value(Yes);
        foreach (var run in runs.Where(_ => remove)) Golgi.Runs.Run.Remove(run.Folder);
        session.Print(
            new Removed(remove, [.. runs.Select(run => run.Folder)]),
            (result, console) =>
            {
                foreach (string folder in result.Folders) console.WriteLine($"{(result.Done ? "removed" : "would remove")} {folder}");
                if (!result.Done) console.WriteLine("Nothing was removed; add --yes.");
            });
        return ExitCode.Done;
    }

    private sealed record Removed(bool Done, IReadOnlyList<string> Folders);
}

using System.CommandLine;

namespace Golgi.App.Commands.Runs;

/// <summary><c>golgi runs</c>: what was run so far.</summary>
internal sealed class RunsCommand : Command
{
    public const string Summary =
        "Looks at the runs in a folder: every run is a folder named by the hash of its configuration.";

    public RunsCommand()
        : base("runs", Summary)
    {
        Subcommands.Add(new RunsListCommand());
        Subcommands.Add(new RunsShowCommand());
        Subcommands.Add(new RunsCompareCommand());
        Subcommands.Add(new RunsQueryCommand());
        Subcommands.Add(new RunsRemoveCommand());
    }
}

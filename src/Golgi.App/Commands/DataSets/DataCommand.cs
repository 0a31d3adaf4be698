using System.CommandLine;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data</c>: the data sets, where they lie, and how to get them.</summary>
internal sealed class DataCommand : Command
{
    public const string Summary =
        "Lists data sets and says where each is looked for, shows, checks and downloads them.";

    public DataCommand()
        : base("data", Summary)
    {
        Subcommands.Add(new DataListCommand());
        Subcommands.Add(new DataShowCommand());
        Subcommands.Add(new DataCheckCommand());
        Subcommands.Add(new DataGetCommand());
    }
}

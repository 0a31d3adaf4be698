using System.CommandLine;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data</c>: the data sets, where they lie, and how to get them.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand()
        : base("data", "Lists data sets and says where each is looked for, shows, checks and downloads them.")
    {
        Subcommands.Add(new DataListCommand());
        Subcommands.Add(new DataShowCommand());
        Subcommands.Add(new DataCheckCommand());
        Subcommands.Add(new DataGetCommand());
    }
}

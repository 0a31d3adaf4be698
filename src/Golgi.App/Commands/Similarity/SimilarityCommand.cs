using System.CommandLine;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity</c>: do two layers, networks or moments of training know the same?</summary>
internal sealed class SimilarityCommand : Command
{
    public const string Summary =
        "Compares layers, networks and moments of training: SVCCA and its family, each number beside what unrelated layers would give.";

    public SimilarityCommand()
        : base("similarity", Summary)
    {
        Subcommands.Add(new CompareCommand());
        Subcommands.Add(new GridCommand());
        Subcommands.Add(new DynamicsCommand());
        Subcommands.Add(new GroupsCommand());
        Subcommands.Add(new DirectionsCommand());
        Subcommands.Add(new CompressCommand());
        Subcommands.Add(new SensitivityCommand());
    }
}

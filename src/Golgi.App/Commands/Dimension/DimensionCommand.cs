using System.CommandLine;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension</c>: how many parameters a problem needs.</summary>
internal sealed class DimensionCommand : Command
{
    public const string Summary =
        "How many parameters does this problem need? Trains in random subspaces of few dimensions and finds the fewest that do.";

    public DimensionCommand()
        : base("dimension", Summary)
    {
        Subcommands.Add(new DimensionToyCommand());
        Subcommands.Add(new DimensionMeasureCommand());
        Subcommands.Add(new DimensionAdaptCommand());
        Subcommands.Add(new DimensionCompressCommand());
        Subcommands.Add(new DimensionExpandCommand());
    }
}

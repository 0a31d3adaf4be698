using System.CommandLine;
using Golgi.App.Commands.DataSets;
using Golgi.App.Commands.Dimension;
using Golgi.App.Commands.Models;
using Golgi.App.Commands.Options;
using Golgi.App.Commands.Runs;
using Golgi.App.Commands.See;
using Golgi.App.Commands.Similarity;
using Golgi.App.Commands.Tickets;

namespace Golgi.App.Commands;

/// <summary>The whole command tree. Each instrument adds one line.</summary>
internal static class Root
{
    private static readonly (string Name, string Summary, Func<Command> Make)[] Commands =
    [
        ("dossier", DossierCommand.Summary, () => new DossierCommand()),
        ("train", TrainCommand.Summary, () => new TrainCommand()),
        ("evaluate", EvaluateCommand.Summary, () => new EvaluateCommand()),
        ("runs", RunsCommand.Summary, () => new RunsCommand()),
        ("tickets", TicketsCommand.Summary, () => new TicketsCommand()),
        ("dimension", DimensionCommand.Summary, () => new DimensionCommand()),
        ("similarity", SimilarityCommand.Summary, () => new SimilarityCommand()),
        ("see", SeeCommand.Summary, () => new SeeCommand()),
        ("model", ModelCommand.Summary, () => new ModelCommand()),
        ("classify", ClassifyCommand.Summary, () => new ClassifyCommand()),
        ("data", DataCommand.Summary, () => new DataCommand()),
        ("doctor", DoctorCommand.Summary, () => new DoctorCommand()),
        ("worker", WorkerCommand.Summary, () => new WorkerCommand()),
    ];

    /// <summary>Makes the tree.</summary>
    /// <param name="line">The words of a command line: commands that are not among them get their name and summary only, since making all options
    /// of all commands takes longer than most answers. Null: everything is made.</param>
    public static RootCommand Create(IReadOnlyCollection<string>? line = null)
    {
        var root = new RootCommand("Golgi is a stain for neural networks: it dissects a network and improves it.") { HelpName = "golgi" };
        foreach (var option in CommonOptions.All) root.Options.Add(option);
        foreach (var (name, summary, make) in Commands)
        {
            bool wanted = line is null || line.Contains(name);
            root.Subcommands.Add(wanted ? make() : new Command(name, summary) { Hidden = name == "worker" });
        }

        return root;
    }
}

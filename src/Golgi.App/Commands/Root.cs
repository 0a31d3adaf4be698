using System.CommandLine;
using Golgi.App.Commands.DataSets;
using Golgi.App.Commands.Dimension;
using Golgi.App.Commands.Models;
using Golgi.App.Commands.Options;
using Golgi.App.Commands.Runs;
using Golgi.App.Commands.See;
using Golgi.App.Commands.Tickets;

namespace Golgi.App.Commands;

/// <summary>The whole command tree. Each instrument adds one line.</summary>
internal static class Root
{
    public static RootCommand Create()
    {
        var root = new RootCommand("Golgi is a stain for neural networks: it dissects a network and improves it.") { HelpName = "golgi" };
        foreach (var option in CommonOptions.All) root.Options.Add(option);
        root.Subcommands.Add(new DossierCommand());
        root.Subcommands.Add(new TrainCommand());
        root.Subcommands.Add(new EvaluateCommand());
        root.Subcommands.Add(new RunsCommand());
        root.Subcommands.Add(new TicketsCommand());
        root.Subcommands.Add(new DimensionCommand());
        root.Subcommands.Add(new Golgi.App.Commands.Similarity.SimilarityCommand());
        root.Subcommands.Add(new SeeCommand());
        root.Subcommands.Add(new ModelCommand());
        root.Subcommands.Add(new ClassifyCommand());
        root.Subcommands.Add(new DataCommand());
        root.Subcommands.Add(new DoctorCommand());
        root.Subcommands.Add(new WorkerCommand());
        return root;
    }
}

using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.App.Report.Plots;
using Golgi.Jobs;
using Golgi.Networks;
using Spectre.Console;
using TorchSharp;

namespace Golgi.App.Commands.Similarity;

/// <summary>What the verbs that study whole networks share: the network, another beside it, where figures and numbers go.</summary>
internal sealed class StudyOptions
{
    private readonly ResultFiles files = new();

    /// <summary>Makes them.</summary>
    /// <param name="other">What help says of a second network; null: there is none.</param>
    public StudyOptions(string? other = null) => Other = other is null
        ? null
        : new Option<string?>("--other")
        {
            Description = other + " Its checkpoint and preparation follow its name: RUN#CHECKPOINT, FILE@PREPARATION.",
        };

    public NetworkOptions Network { get; } = new();

    public Option<string?>? Other { get; }

    /// <summary>Adds them to a verb of one network, or of a network and another.</summary>
    public void AddTo(Command command)
    {
        Network.AddTo(command);
        if (Other is not null) command.Options.Add(Other);
        files.AddTo(command);
    }

    /// <summary>Adds them to a verb that names its networks itself.</summary>
    public void AddOptionsTo(Command command)
    {
        Network.AddOptionsTo(command);
        files.AddTo(command);
    }

    /// <summary>Opens the second network with the data of the first, where one is named; the caller owns it.</summary>
    /// <param name="before">The name of the second network where it stood before there was an option for it.</param>
    public Specimen? OpenOther(Session session, Specimen first, string? before = null) =>
        (before ?? session.Value(Other!)) is { } reference ? Network.OpenOther(session, reference, first) : null;

    /// <summary>Runs a job and prints its result, with a table and figures.</summary>
    public int Run<T>(Session session, Job<T> job, Action<T, IAnsiConsole> render, Func<T, CsvText> table, Func<T, IFigure[]> figures)
        where T : class
    {
        session.UseThreads(Math.Min(2, torch.get_num_threads())); // many small matrices run best on few threads
        var done = session.Run(job);
        files.Print(session, done, render, table(done.Result), figures(done.Result));
        return ExitCode.Done;
    }
}

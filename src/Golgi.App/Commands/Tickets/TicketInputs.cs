using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;

namespace Golgi.App.Commands.Tickets;

/// <summary>The options that name a network, its data and how it is trained, common to the commands of <c>golgi tickets</c> that train.</summary>
internal sealed class TicketInputs
{
    private readonly RecipeOptions recipe = new(Blueprint.Usual("strokes", "lenet-300-100"));
    private readonly WorkersOption workers = new(1);

    public TicketInputs() => Replicates.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() is < 1 and var count) result.AddError($"--replicates is {count}; it must be 1 or more.");
    });

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Data set: strokes (built in), mnist, fashion-mnist, cifar10, folder:PATH; see 'golgi data list'.",
        DefaultValueFactory = _ => "strokes",
    };

    public Option<string> Model { get; } = new("--model")
    {
        Description = "Network: lenet-300-100, fc-784-100-50-10 (any widths), conv2, conv4, conv6, resnet20, cnn-small.",
        DefaultValueFactory = _ => "lenet-300-100",
    };

    public Option<int> Replicates { get; } = new("--replicates")
    {
        Description = "Repetitions with the seeds --seed, --seed + 1, ...; intervals are 95 % intervals of the mean over them.",
        DefaultValueFactory = _ => 3,
    };

    public void AddTo(Command command, bool shared = true)
    {
        command.Options.Add(Data);
        command.Options.Add(Model);
        recipe.AddTo(command, recipe.Augment, recipe.Freeze, recipe.Snapshots);
        command.Options.Add(Replicates);
        if (shared) workers.AddTo(command);
    }

    /// <summary>Opens the network and its data; the caller owns the data.</summary>
    public Blueprint Open(Session session)
    {
        var asked = Recipe(session, Blueprint.Usual(session.Value(Data), session.Value(Model)));
        return Blueprint.Of(asked, DataCatalog.Open(asked.Data, asked.DataOptions(session.DataFolder)));
    }

    /// <summary>A usual recipe with what the user said instead.</summary>
    public TrainingRecipe Recipe(Session session, TrainingRecipe usual) => recipe.Read(session, usual);

    /// <summary>The seeds of all replicates.</summary>
    public IReadOnlyList<long> Seeds(Session session) => [.. Enumerable.Range(0, session.Value(Replicates)).Select(i => session.Seed + i)];

    /// <summary>Runs a job, its parts shared out over processes where the user asked for that.</summary>
    public Completed<T> Run<T>(Session session, Job<T> job)
        where T : class => workers.Run(session, job);
}

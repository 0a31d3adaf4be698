using System.CommandLine;
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Jobs;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;

namespace Golgi.App.Commands.Tickets;

/// <summary>The options that name a network, its data and how it is trained, common to the commands of <c>golgi tickets</c>.</summary>
internal sealed class TicketInputs
{
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

    public Option<string?> Initialization { get; } =
        new("--init") { Description = "First weights: glorot-normal, kaiming, ... Default: the network's own." };

    public Option<double?> Epochs { get; } =
        new("--epochs") { Description = "Passes over the training set in each training. Default: the network's usual number." };

    public Option<long?> Steps { get; } = new("--steps") { Description = "Steps of each training, instead of --epochs." };

    public Option<int?> Batch { get; } = new("--batch") { Description = "Examples in a batch. Default: the network's usual number." };

    public Option<string?> Optimizer { get; } = new("--optimizer") { Description = "adam, adamw or sgd. Default: the network's usual one." };

    public Option<double?> LearningRate { get; } = new("--lr") { Description = "Learning rate. Default: the network's usual one." };

    public Option<string?> Schedule { get; } = new("--schedule") { Description = "Learning rate over time: constant, cosine, linear, step." };

    public Option<int?> TrainLimit { get; } = new("--train-limit") { Description = "At most this many training examples." };

    public Option<int?> Evaluations { get; } =
        new("--evaluations") { Description = "Evaluations on the validation set during each training; the best one is the early stop." };

    public Option<int> Replicates { get; } = new("--replicates")
    {
        Description = "Repetitions with the seeds --seed, --seed + 1, ...; intervals are 95 % intervals of the mean over them.",
        DefaultValueFactory = _ => 3,
    };

    public void AddTo(Command command)
    {
        Option[] all = [Data, Model, Initialization, Epochs, Steps, Batch, Optimizer, LearningRate, Schedule, TrainLimit, Evaluations, Replicates];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>Opens the data; the caller owns them.</summary>
    public DataSet Open(Session session) => DataCatalog.Open(
        session.Value(Data), new DataOptions { Folder = session.DataFolder, TrainLimit = session.Value(TrainLimit) });

    public Blueprint Blueprint(Session session, DataSet data) =>
        Golgi.Instruments.Tickets.Criteria.Blueprint.Of(session.Value(Model), data, session.Value(Initialization));

    /// <summary>A usual recipe with what the user said instead.</summary>
    public TrainingRecipe Recipe(Session session, TrainingRecipe usual) => usual with
    {
        Epochs = session.Value(Epochs) ?? usual.Epochs,
        Steps = session.Value(Steps) ?? usual.Steps,
        Batch = session.Value(Batch) ?? usual.Batch,
        Optimizer = usual.Optimizer with
        {
            Kind = session.Value(Optimizer) is { } optimizer ? OptimizerKind.Find(optimizer) : usual.Optimizer.Kind,
            LearningRate = session.Value(LearningRate) ?? usual.Optimizer.LearningRate,
        },
        Schedule = usual.Schedule with { Kind = session.Value(Schedule) is { } schedule ? ScheduleKind.Find(schedule) : usual.Schedule.Kind },
        TrainLimit = session.Value(TrainLimit),
        Evaluations = session.Value(Evaluations) ?? usual.Evaluations,
        Threads = session.Threads ?? usual.Threads,
        Device = session.Device.ToString(),
    };

    /// <summary>The seeds of all replicates.</summary>
    public IReadOnlyList<long> Seeds(Session session)
    {
        int count = session.Value(Replicates);
        if (count < 1) throw new ArgumentException($"--replicates is {count}; it must be 1 or more.");
        return [.. Enumerable.Range(0, count).Select(i => session.Seed + i)];
    }

    /// <summary>A value of an enumeration as it is written on the command line: <c>signed-constant</c>.</summary>
    public static T Choice<T>(string text)
        where T : struct, Enum =>
        Enum.TryParse<T>(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new ArgumentException($"No choice '{text}'. Known: {string.Join(", ", Enum.GetNames<T>().Select(Written))}.");

    /// <summary>The opposite of <see cref="Choice"/>.</summary>
    public static string Written(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}

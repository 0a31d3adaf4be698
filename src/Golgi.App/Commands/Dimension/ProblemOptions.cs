using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Runs;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using Golgi.Weights.Projections;

namespace Golgi.App.Commands.Dimension;

/// <summary>The options that say which training is measured; the same for all commands that train in subspaces.</summary>
internal sealed class ProblemOptions
{
    private const string Evolution = "es";

    public ProblemOptions()
    {
        Pairs.OnlyFor(Optimizer, Evolution);
        Deviation.OnlyFor(Optimizer, Evolution);
    }

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Data set: strokes (built in), mnist, fashion-mnist, cifar10, folder:PATH, ...",
        DefaultValueFactory = _ => "strokes",
    };

    public Option<string> Model { get; } = new("--model")
    {
        Description = "Network: fc-784-200-200-10 (any widths), lenet-6-16-120-84, lenet-300-100, ...; 'golgi model' lists them.",
        DefaultValueFactory = _ => "fc-784-200-200-10",
    };

    public Option<string> Projection { get; } = new("--projection")
    {
        Description = $"Kind of random subspace: {string.Join(", ", DimensionProblem.Projections)}. Grouping is exact and "
            + "cheapest; fastfood is dense-like; trajectory takes the main directions of a direct training.",
        DefaultValueFactory = _ => ProjectionCatalog.Default,
    };

    public Option<SubspaceLayout> Spread { get; } = new("--spread")
    {
        Description = "whole: one projection over all weights, as published; layers: one for each parameter; scaled: one, "
            + "and a scale for each parameter.",
        DefaultValueFactory = _ => Golgi.Instruments.Dimension.Trials.SubspaceLayout.Whole,
    };

    public Option<long> Steps { get; } = new("--steps") { Description = "Steps of each training.", DefaultValueFactory = _ => 2000 };

    public Option<int> Batch { get; } = new("--batch") { Description = "Examples in a batch.", DefaultValueFactory = _ => 128 };

    public Option<string?> StepSize { get; } = new("--step-size")
    {
        Description = "Learning rate in a subspace: travel[:FACTOR] follows from d and D, fixed:RATE, or search (three rates "
            + "for each trial). Default: travel; for the projection trajectory, whose directions are those of training, travel:3.",
    };

    public Option<string> Optimizer { get; } = new("--optimizer")
    {
        Description = "adam, adamw or sgd; or es, which needs no gradients: an evolution strategy over the coordinates, "
            + "mirrored and by ranks. Its generations are the steps; the baseline is then trained by adam.",
        DefaultValueFactory = _ => "adam",
    };

    public Option<int> Pairs { get; } = new("--pairs")
    {
        Description = "Mirrored pairs of candidates in a generation of es.",
        DefaultValueFactory = _ => new EvolutionOptions().Pairs,
    };

    public Option<double> Deviation { get; } = new("--deviation")
    {
        Description = "Standard deviation of the disturbance of a coordinate in es.",
        DefaultValueFactory = _ => new EvolutionOptions().Deviation,
    };

    public Option<long> BurnIn { get; } = new("--burn-in")
    {
        Description = "Steps of direct training before the subspace is laid through the weights reached (Larsen et al. 2021).",
        DefaultValueFactory = _ => 0,
    };

    public Option<double> LearningRate { get; } = new("--lr")
    {
        Description = "Learning rate of direct training, for the baseline.",
        DefaultValueFactory = _ => 1e-3,
    };

    public Option<string> Schedule { get; } = new("--schedule")
    {
        Description = "Learning rate over time: linear, cosine, constant, step.",
        DefaultValueFactory = _ => "linear",
    };

    public Option<ScoredPart> Judge { get; } = new("--judge")
    {
        Description = "What accuracy is measured on: validation, train or test. Default: validation; with shuffled labels, train.",
    };

    public Option<Shuffling> Shuffle { get; } = new("--shuffle")
    {
        Description = "none; pixels: one permutation for all images; labels: training labels dealt out anew.",
        DefaultValueFactory = _ => Shuffling.None,
    };

    public Option<int?> TrainLimit { get; } = new("--train-limit") { Description = "At most this many training examples." };

    public Option<string[]> Freeze { get; } = new("--freeze")
    {
        Description = "Parameters that stay as they are, as patterns: 'fc1.*'. May be given more than once.",
        DefaultValueFactory = _ => [],
    };

    public Option<string?> From { get; } = new("--from")
    {
        Description = "Start from these weights (a safetensors file of the same network, or a run of 'golgi train') "
            + "instead of random ones: the dimension of fine-tuning.",
    };

    public IReadOnlyList<Option> All =>
        [Data, Model, Projection, Spread, Steps, Batch, StepSize, Optimizer, Pairs, Deviation, LearningRate, Schedule, BurnIn,
         Judge, Shuffle, TrainLimit, Freeze, From];

    /// <summary>What the user asked for.</summary>
    public DimensionProblem Read(Session session)
    {
        var disorder = session.Value(Shuffle);
        bool evolves = session.Value(Optimizer) == Evolution;
        return new DimensionProblem
        {
            Data = session.Value(Data),
            Model = session.Value(Model),
            Projection = session.Value(Projection),
            Spread = session.Value(Spread),
            Steps = session.Value(Steps),
            Batch = session.Value(Batch),
            StepSize = StepSizeRule.Parse(
                session.Value(StepSize) ?? (session.Value(Projection) == DimensionProblem.Trajectory ? "travel:3" : "travel")),
            Evolution = evolves
                ? new EvolutionOptions { Pairs = session.Value(Pairs), Deviation = session.Value(Deviation) }
                : null,
            BurnIn = session.Value(BurnIn),
            Optimizer = new OptimizerChoice
            {
                Name = evolves ? "adam" : session.Value(Optimizer),
                LearningRate = session.Value(LearningRate),
            },
            Schedule = new Schedule { Kind = session.Value(Schedule) },
            Judge = session.Given(Judge) ? session.Value(Judge) : UsualJudge(disorder),
            Disorder = disorder,
            TrainLimit = session.Value(TrainLimit),
            Frozen = session.Value(Freeze),
            From = session.Value(From) is { } start ? WeightsOf(start, session) : null,
            Seed = session.Seed,
            Threads = session.Threads ?? 1,
        };
    }

    private static ScoredPart UsualJudge(Shuffling disorder) =>
        disorder == Shuffling.Labels ? Golgi.Instruments.Dimension.Trials.ScoredPart.Train : Golgi.Instruments.Dimension.Trials.ScoredPart.Validation;

    /// <summary>The file itself, or the last weights of a run.</summary>
    private static string WeightsOf(string start, Session session)
    {
        if (File.Exists(start)) return Path.GetFullPath(start);
        using var run = RunReference.Open(start, session.RunsFolder);
        return run.HasCheckpoint("final")
            ? Path.GetFullPath(run.CheckpointPath("final"))
            : throw new ArgumentException($"{run.Name} has no final weights; finish it with the command that made it.");
    }
}

using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Runs;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;

namespace Golgi.App.Commands.Dimension;

/// <summary>The options that say which training is measured; the same for all commands that train in subspaces.</summary>
internal sealed class ProblemOptions
{
    private const string Evolution = "es";
    private static readonly DimensionProblem Usual = new() { Data = "strokes", Model = "fc-784-200-200-10" };
    private readonly OptionSet<DimensionProblem> set = new(Usual);
    private readonly Option stepSize, judge;

    public ProblemOptions()
    {
        set.Add("--data", "Data set: strokes (built in), mnist, fashion-mnist, cifar10, folder:PATH, ...", o => o.Data, (o, v) =>
            o with { Data = v });
        set.Add("--model", "Network: fc-784-200-200-10 (any widths), lenet-6-16-120-84, lenet-300-100, ...; 'golgi model' lists them. Or a file, "
            + "MODEL.onnx or NETWORK.prototxt+WEIGHTS.caffemodel: its architecture is taken, its weights are drawn anew.",
            o => o.Model, (o, v) => o with { Model = v });
        set.Add("--projection", $"Kind of random subspace: {string.Join(", ", DimensionProblem.Projections)}. Grouping is exact and cheapest; "
            + "fastfood is dense-like; trajectory takes the main directions of a direct training.",
            o => o.Projection, (o, v) => o with { Projection = v });
        Spread = set.Add("--spread", "whole: one projection over all weights, as published; layers: one for each parameter; scaled: one, and a scale "
            + "for each parameter.",
            o => o.Spread, (o, v) => o with { Spread = v });
        set.Add("--steps", "Steps of each training.", o => o.Steps, (o, v) => o with { Steps = v });
        set.Add("--batch", "Examples in a batch.", o => o.Batch, (o, v) => o with { Batch = v });
        stepSize = set.Add("--step-size", "Learning rate in a subspace: travel[:FACTOR] follows from d and D, fixed:RATE, or search (three rates for "
            + "each trial). Default: travel; for the projection trajectory, whose directions are those of training, travel:3.",
            _ => (StepSizeRule?)null, (o, v) => o with { StepSize = v! }, words => StepSizeRule.Parse(words[0]));
        var optimizer = set.Add("--optimizer", "adam, adamw or sgd; or es, which needs no gradients: an evolution strategy over the coordinates, "
            + "mirrored and by ranks. Its generations are the steps; the baseline is then trained by adam.",
            o => o.Optimizer.Kind.Name,
            (o, v) => v == Evolution
                ? o with { Evolution = o.Evolution ?? new EvolutionOptions() }
                : o with { Optimizer = o.Optimizer with { Kind = OptimizerKind.Find(v) } });
        var pairs = set.Add("--pairs", "Mirrored pairs of candidates in a generation of es.",
            o => Strategy(o).Pairs, (o, v) => o with { Evolution = Strategy(o) with { Pairs = v } });
        var deviation = set.Add("--deviation", "Standard deviation of the disturbance of a coordinate in es.",
            o => Strategy(o).Deviation, (o, v) => o with { Evolution = Strategy(o) with { Deviation = v } });
        pairs.OnlyFor(optimizer, Evolution);
        deviation.OnlyFor(optimizer, Evolution);
        set.Add("--lr", "Learning rate of direct training, for the baseline.",
            o => o.Optimizer.LearningRate, (o, v) => o with { Optimizer = o.Optimizer with { LearningRate = v } });
        set.Add("--schedule", "Learning rate over time: linear, cosine, constant, step.",
            o => o.Schedule.Kind.Name, (o, v) => o with { Schedule = o.Schedule with { Kind = ScheduleKind.Find(v) } });
        set.Add("--burn-in", "Steps of direct training before the subspace is laid through the weights reached (Larsen et al. 2021).",
            o => o.BurnIn, (o, v) => o with { BurnIn = v });
        judge = set.Add("--judge", "What accuracy is measured on. Default: validation; with shuffled labels, train.",
            _ => (ScoredPart?)null, (o, v) => o with { Judge = v!.Value });
        set.Add("--shuffle", "none; pixels: one permutation for all images; labels: training labels dealt out anew.",
            o => o.Disorder, (o, v) => o with { Disorder = v });
        set.Add("--train-limit", "At most this many training examples.", o => o.TrainLimit, (o, v) => o with { TrainLimit = v });
        set.Add("--freeze", "Parameters that stay as they are, as patterns: 'fc1.*'. May be given more than once.",
            o => o.Frozen, (o, v) => o with { Frozen = v });
        set.Add(From, (session, o) => o with { From = WeightsOf(session.Value(From)!, session) });
    }

    public Option Spread { get; }

    public Option<string?> From { get; } = new("--from")
    {
        Description = "Start from these weights (a safetensors file of the same network, or a run of 'golgi train') "
            + "instead of random ones: the dimension of fine-tuning.",
    };

    public void AddTo(Command command, params Option[] except) => set.AddTo(command, except);

    /// <summary>What the user asked for.</summary>
    /// <param name="from">What it changes; null: the usual problem.</param>
    public DimensionProblem Read(Session session, DimensionProblem? from = null)
    {
        if (session.Device.type != TorchSharp.DeviceType.CPU)
        {
            throw new ArgumentException($"--device is {session.Device}; subspaces are trained on the CPU. Leave it out.");
        }

        var asked = set.Read(session, from ?? Usual with { Seed = session.Seed, Threads = session.Threads ?? Usual.Threads });
        if (!session.Given(stepSize) && asked.Projection == DimensionProblem.Trajectory)
        {
            asked = asked with { StepSize = StepSizeRule.Parse("travel:3") };
        }

        return session.Given(judge) || asked.Disorder != Shuffling.Labels ? asked : asked with { Judge = ScoredPart.Train };
    }

    private static EvolutionOptions Strategy(DimensionProblem problem) => problem.Evolution ?? new EvolutionOptions();

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

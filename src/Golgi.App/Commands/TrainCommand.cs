using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Data;
using Golgi.Jobs;
using Golgi.Training;

namespace Golgi.App.Commands;

/// <summary><c>golgi train</c>: trains a reference network and keeps it as a run.</summary>
internal sealed class TrainCommand : Verb
{
    private static readonly TrainingRecipe Usual = new() { Data = "strokes", Model = "cnn-small" };

    public TrainCommand()
        : base(
            "train",
            "Trains a network on a data set and keeps it as a run: checkpoints, measurements, result. The same command again returns "
            + "the result of a finished run, or continues one that was interrupted, to the same bits.")
    {
        Options.Add(Data);
        Options.Add(Model);
        Options.Add(Epochs);
        Options.Add(Steps);
        Options.Add(Batch);
        Options.Add(Optimizer);
        Options.Add(LearningRate);
        Options.Add(Momentum);
        Options.Add(WeightDecay);
        Options.Add(ScheduleKind);
        Options.Add(Warmup);
        Options.Add(Initialization);
        Options.Add(Augment);
        Options.Add(Freeze);
        Options.Add(Labels);
        Options.Add(Validation);
        Options.Add(TrainLimit);
        Options.Add(Evaluations);
        Options.Add(Snapshots);
    }

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Data set: strokes (built in), mnist, fashion-mnist, cifar10, folder:PATH, csv:PATH#label; see 'golgi data list'.",
        DefaultValueFactory = _ => Usual.Data,
    };

    public Option<string> Model { get; } = new("--model")
    {
        Description = "Network: lenet-300-100, fc-784-300-100-10 (any widths), lenet5, conv2, conv4, conv6, resnet20, softmax, cnn-small.",
        DefaultValueFactory = _ => Usual.Model,
    };

    public Option<double?> Epochs { get; } = new("--epochs") { Description = "Passes over the training set. Default 5." };

    public Option<long?> Steps { get; } = new("--steps") { Description = "Steps in all, instead of --epochs." };

    public Option<int?> Batch { get; } = new("--batch") { Description = "Examples in a batch. Default 60; residual networks 128." };

    public Option<string?> Optimizer { get; } = new("--optimizer") { Description = "adam, adamw or sgd. Default adam; residual networks sgd." };

    public Option<double?> LearningRate { get; } = new("--lr")
    {
        Description = "Learning rate. Default: as the network's paper has it (lenet-300-100 0.0012, conv2 0.0002, conv4 and conv6 0.0003, cnn-small "
            + "0.003, residual 0.1), otherwise 0.001.",
    };

    public Option<double?> Momentum { get; } = new("--momentum") { Description = "Momentum of sgd. Default 0.9." };

    public Option<double?> WeightDecay { get; } = new("--weight-decay") { Description = "Weight decay. Default 0; residual networks 0.0001." };

    public Option<string?> ScheduleKind { get; } =
        new("--schedule") { Description = "Learning rate over time: constant, cosine, linear, step. Default cosine." };

    public Option<double?> Warmup { get; } =
        new("--warmup") { Description = "Share of all steps over which the rate first rises from 0. Default 0." };

    public Option<string?> Initialization { get; } =
        new("--init") { Description = "First weights: glorot-normal, kaiming, ... Default: the network's own." };

    public Option<string?> Augment { get; } = new("--augment")
    {
        Description = "Distortions of training images: none, or parts like flip,crop:4,shift:2. Default none; residual networks flip,crop:4.",
    };

    public Option<string?> Freeze { get; } = new("--freeze")
    {
        Description = "linear: layers stop learning from the bottom up, layer i of L at i/L of training, and the backward pass ends there. Default: "
            + "none stops.",
    };

    public Option<TrainingLabels> Labels { get; } = new("--labels")
    {
        Description =
            "true, or shuffled: training labels permuted among the examples, so that there is nothing to learn but the examples themselves.",
        DefaultValueFactory = _ => TrainingLabels.True,
    };

    public Option<int?> Validation { get; } =
        new("--validation") { Description = "Examples held out of the training set for validation. Default: the data set's own number." };

    public Option<int?> TrainLimit { get; } = new("--train-limit") { Description = "At most this many training examples." };

    public Option<int> Evaluations { get; } = new("--evaluations")
    {
        Description = "Evaluations on the validation set, evenly spaced; each also saves a checkpoint.",
        DefaultValueFactory = _ => Usual.Evaluations,
    };

    public Option<int> Snapshots { get; } = new("--snapshots")
    {
        Description = "Snapshots of the weights to keep along the way, the first and the last among them.",
        DefaultValueFactory = _ => Usual.Snapshots,
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var recipe = Recipe(session);
        using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions(session.DataFolder));
        var result = session.Track(progress =>
            TrainingJob.Execute(recipe, data, session.OutFolder, progress, session.Cancellation));
        session.Print(result, TrainingResultView.Draw);
        return result.Outcome == TrainingOutcome.Finished ? ExitCode.Done : ExitCode.Failed;
    }

    private TrainingRecipe Recipe(Session session)
    {
        string model = session.Value(Model);
        var usual = UsualRecipes.For(session.Value(Data), model);
        return usual with
        {
            Initialization = session.Value(Initialization),
            Seed = session.Seed,
            Epochs = session.Value(Epochs) ?? usual.Epochs,
            Steps = session.Value(Steps),
            Batch = session.Value(Batch) ?? usual.Batch,
            Optimizer = usual.Optimizer with
            {
                Name = session.Value(Optimizer) ?? usual.Optimizer.Name,
                LearningRate = session.Value(LearningRate) ?? usual.Optimizer.LearningRate,
                Momentum = session.Value(Momentum) ?? usual.Optimizer.Momentum,
                WeightDecay = session.Value(WeightDecay) ?? usual.Optimizer.WeightDecay,
            },
            Schedule = usual.Schedule with
            {
                Kind = session.Value(ScheduleKind) ?? usual.Schedule.Kind,
                Warmup = session.Value(Warmup) ?? usual.Schedule.Warmup,
            },
            Augmentation = session.Value(Augment) ?? usual.Augmentation,
            Freeze = session.Value(Freeze),
            Labels = session.Value(Labels),
            TrainLimit = session.Value(TrainLimit),
            ValidationCount = session.Value(Validation),
            Evaluations = session.Value(Evaluations),
            Snapshots = session.Value(Snapshots),
            Threads = session.Threads ?? usual.Threads,
            Device = session.Device.ToString(),
        };
    }
}

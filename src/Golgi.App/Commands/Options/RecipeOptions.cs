using System.CommandLine;
using Golgi.Jobs;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;

namespace Golgi.App.Commands.Options;

/// <summary>The options that say how a network is trained. Defaults are those of the network's usual recipe (<see cref="UsualRecipes"/>), so
/// help tells them in words.</summary>
internal sealed class RecipeOptions
{
    private readonly OptionSet<TrainingRecipe> set;

    /// <summary>Declares them.</summary>
    /// <param name="usual">The recipe whose numbers help tells; null: that of <c>train</c>.</param>
    public RecipeOptions(TrainingRecipe? usual = null)
    {
        set = new(usual ?? new TrainingRecipe { Data = "strokes", Model = "cnn-small" });
        set.Add("--epochs", $"Passes over the training set. Default: the network's usual number ({usual?.Epochs ?? 5}).",
            _ => (double?)null, (recipe, value) => recipe with { Epochs = value!.Value });
        set.Add("--steps", "Steps in all, instead of --epochs.", _ => (long?)null, (recipe, value) => recipe with { Steps = value });
        set.Add("--batch", "Examples in a batch. Default: 60; residual networks 128.",
            _ => (int?)null, (recipe, value) => recipe with { Batch = value!.Value });
        set.Add("--optimizer", "adam, adamw or sgd. Default: adam; residual networks sgd.",
            _ => (string?)null, (recipe, value) => recipe with { Optimizer = recipe.Optimizer with { Kind = OptimizerKind.Find(value!) } });
        set.Add("--lr", "Learning rate. Default: as the network's paper has it (lenet-300-100 0.0012, conv2 0.0002, conv4 and conv6 0.0003, "
            + "cnn-small 0.003, residual 0.1), otherwise 0.001.",
            _ => (double?)null, (recipe, value) => recipe with { Optimizer = recipe.Optimizer with { LearningRate = value!.Value } });
        set.Add("--momentum", "Momentum of sgd. Default: 0.9.",
            _ => (double?)null, (recipe, value) => recipe with { Optimizer = recipe.Optimizer with { Momentum = value!.Value } });
        set.Add("--weight-decay", "Weight decay. Default: 0; residual networks 0.0001.",
            _ => (double?)null, (recipe, value) => recipe with { Optimizer = recipe.Optimizer with { WeightDecay = value!.Value } });
        set.Add("--schedule", "Learning rate over time: constant, cosine, linear, step. Default: cosine.",
            _ => (string?)null, (recipe, value) => recipe with { Schedule = recipe.Schedule with { Kind = ScheduleKind.Find(value!) } });
        set.Add("--warmup", "Share of all steps over which the rate first rises from 0.",
            recipe => recipe.Schedule.Warmup, (recipe, value) => recipe with { Schedule = recipe.Schedule with { Warmup = value } });
        set.Add("--init", "First weights: glorot-normal, kaiming, ... Default: the network's own.",
            recipe => recipe.Initialization, (recipe, value) => recipe with { Initialization = value });
        TrainLimit = set.Add("--train-limit", "At most this many training examples.",
            recipe => recipe.TrainLimit, (recipe, value) => recipe with { TrainLimit = value });
        set.Add("--evaluations", "Evaluations on the validation set, evenly spaced, each with a checkpoint; the best one is the early stop.",
            recipe => recipe.Evaluations, (recipe, value) => recipe with { Evaluations = value });
        Validation = set.Add("--validation", "Examples held out of the training set for validation. Default: the data set's own number.",
            recipe => recipe.ValidationCount, (recipe, value) => recipe with { ValidationCount = value });
        Augment = set.Add("--augment", "Distortions of training images: none, or parts like flip,crop:4,shift:2. Default: none; residual networks "
            + "flip,crop:4.",
            _ => (string?)null, (recipe, value) => recipe with { Augmentation = value! });
        Freeze = set.Add("--freeze", "linear: layers stop learning from the bottom up, layer i of L at i/L of training, and the backward pass ends "
            + "there. Default: none stops.",
            recipe => recipe.Freeze, (recipe, value) => recipe with { Freeze = value });
        Labels = set.Add("--labels", "shuffled: training labels permuted among the examples, so that there is nothing to learn but the examples "
            + "themselves.",
            recipe => recipe.Labels, (recipe, value) => recipe with { Labels = value });
        Snapshots = set.Add("--snapshots", "Snapshots of the weights to keep along the way, the first and the last among them.",
            recipe => recipe.Snapshots, (recipe, value) => recipe with { Snapshots = value });
    }

    public Option TrainLimit { get; }

    public Option Validation { get; }

    public Option Augment { get; }

    public Option Freeze { get; }

    public Option Labels { get; }

    public Option Snapshots { get; }

    /// <summary>Adds them to a command, but for some that it has no use for.</summary>
    public void AddTo(Command command, params Option[] except) => set.AddTo(command, except);

    /// <summary>A recipe with what the user said instead.</summary>
    public TrainingRecipe Read(Session session, TrainingRecipe usual) => set.Read(session, usual) with
    {
        Threads = session.Threads ?? usual.Threads,
        Device = session.Device.ToString(),
    };
}

using System.Text.Json.Serialization;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;

namespace Golgi.Jobs;

/// <summary>Everything that training a reference network on a named data set depends on.</summary>
public sealed record TrainingRecipe
{
    /// <summary>The data set's name.</summary>
    public required string Data { get; init; }

    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The initialization's name; null: the model's own.</summary>
    public string? Initialization { get; init; }

    /// <summary>Seed of the initialization, the order of examples and their distortions. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Passes over the training set, unless <see cref="Steps"/> says otherwise. Default 5.</summary>
    public double Epochs { get => field; init => field = Check.Positive(value, nameof(Epochs)); } = 5;

    /// <summary>Steps in all; null: as <see cref="Epochs"/> says.</summary>
    public long? Steps { get; init => field = value is { } steps ? Check.Positive(steps, nameof(Steps)) : null; }

    /// <summary>Examples in a batch. Default 60 (Zhou et al. 2019).</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 60;

    /// <summary>The optimizer and its settings. Default: Adam.</summary>
    public OptimizerChoice Optimizer { get; init; } = new();

    /// <summary>Learning rate over time. Default: cosine, to 0 at the end.</summary>
    public Schedule Schedule { get; init; } = Schedule.Cosine;

    /// <summary>Distortions of training images, as <see cref="Golgi.Data.Augmentation.Parse"/> reads them. Default none.</summary>
    public string Augmentation { get => field; init => field = Golgi.Data.Augmentation.Parse(value).ToString(); } = "none";

    /// <summary><c>linear</c>: layers are frozen from the bottom up (<see cref="FreezeSchedule"/>); null: none is. A null is not
    /// written, so that runs keep the names that they had before there was a choice.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Freeze
    {
        get => field;
        init => field = value is null ? null : Check.Known(value, ["linear"], "freeze schedule", nameof(Freeze));
    }

    /// <summary>Which labels are learned: <see cref="TrainingLabels.Shuffled"/> makes networks that can only memorize. The true
    /// ones are not written, as above.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TrainingLabels Labels { get; init; }

    /// <summary>Evaluations along the way, evenly spaced. Default 10.</summary>
    public int Evaluations { get => field; init => field = Check.Positive(value, nameof(Evaluations)); } = 10;

    /// <summary>Snapshots of the network to keep along the way, evenly spaced; see <see cref="TrainerOptions.Snapshots"/>. Default 0.</summary>
    public int Snapshots { get => field; init => field = (int)Check.InRange(value, 0, 100_000, nameof(Snapshots)); }

    /// <summary>At most this many training examples; null: all.</summary>
    public int? TrainLimit { get; init => field = value is { } count ? Check.Positive(count, nameof(TrainLimit)) : null; }

    /// <summary>Examples held out of the training set for validation; null: the data set's own number.</summary>
    public int? ValidationCount { get; init => field = value is { } count ? Check.Positive(count, nameof(ValidationCount)) : null; }

    /// <summary>Threads of tensor operations; sums round differently with another number, so it is part of the recipe.</summary>
    public int Threads { get => field; init => field = Check.Positive(value, nameof(Threads)); } = 1;

    /// <summary>Where it is trained: <c>cpu</c>, <c>cuda</c>, ...</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Steps in all on a training set of a size.</summary>
    public long StepsFor(long examples) => Steps ?? Math.Max(1, (long)Math.Round(Epochs * (examples / Batch)));

    /// <summary>Steps between two evaluations.</summary>
    public long EvaluateEvery(long examples) => Math.Max(1, (long)Math.Ceiling((double)StepsFor(examples) / Evaluations));

    /// <summary>How the data set is opened.</summary>
    /// <param name="folder">The folder that is searched first, or null.</param>
    public DataOptions DataOptions(string? folder = null) =>
        new() { Folder = folder, TrainLimit = TrainLimit, ValidationCount = ValidationCount, Labels = Labels };
}

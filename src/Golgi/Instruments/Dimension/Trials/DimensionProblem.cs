using System.Text.Json.Serialization;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Interchange;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Opening;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using Golgi.Weights.Projections;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>Which training is measured: everything on which the outcome of one trial depends, but for the dimension and the replicate.
/// The baseline, the threshold and the search are not part of it, so trials serve any of them.</summary>
public sealed record DimensionProblem
{
    /// <summary>The data set's name.</summary>
    public required string Data { get; init; }

    /// <summary>The network: its name in <see cref="ModelCatalog"/>, or a file whose architecture is taken, as
    /// <see cref="Trainables.Usage"/> says.</summary>
    public required string Model { get; init; }

    /// <summary>How first weights are drawn. Default: kaiming-normal with zero biases (Li et al. 2018), the same on every machine.</summary>
    public string Initialization { get => field; init => field = Golgi.Networks.Catalog.Initialization.Canonical(value); } = "kaiming-normal";

    /// <summary>The projection that is made from a run of direct training: its main directions, d of them.</summary>
    public const string Trajectory = "trajectory";

    /// <summary>The names that <see cref="Projection"/> takes.</summary>
    public static IReadOnlyList<string> Projections { get; } = [.. ProjectionCatalog.Names, Trajectory];

    /// <summary>The projection's name in <see cref="ProjectionCatalog"/>, or <see cref="Trajectory"/>. Default: grouping.</summary>
    public string Projection
    {
        get => field;
        init => field = Check.Known(value, Projections, "projection", nameof(Projection));
    } = ProjectionCatalog.Default;

    /// <summary>How coordinates are shared over layers. Default: one projection for the whole network, as published.</summary>
    public SubspaceLayout Spread { get; init; }

    /// <summary>Steps of each trial. Default 2000.</summary>
    public long Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); } = 2000;

    /// <summary>Examples in a batch. Default 128 (Li et al. 2018).</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 128;

    /// <summary>How the step size follows from the dimension.</summary>
    public StepSizeRule StepSize { get; init; } = StepSizeRule.Default;

    /// <summary>The optimizer; its learning rate is that of direct training, <see cref="StepSize"/> gives the rate in a subspace.</summary>
    public OptimizerChoice Optimizer { get; init; } = new();

    /// <summary>Trains coordinates without gradients instead, by this strategy; its generations are the <see cref="Steps"/>, its rate that of
    /// <see cref="StepSize"/>. The baseline is trained by gradients all the same. Null: by gradients.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // runs that do not use it keep their names
    public EvolutionOptions? Evolution { get; init; }

    /// <summary>Steps of direct training before the subspace is laid through the weights reached (Larsen et al. 2021, arXiv 2107.05802). Default
    /// 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long BurnIn { get => field; init => field = Check.NotNegative(value, nameof(BurnIn)); }

    /// <summary>Learning rate over time. Default: linear, to 0 at the end.</summary>
    public Schedule Schedule { get; init; } = Schedule.Linear;

    /// <summary>What accuracy is measured on. Default: the validation set.</summary>
    public ScoredPart Judge { get; init; }

    /// <summary>What is done to the data first. Default: nothing.</summary>
    public Shuffling Disorder { get; init; }

    /// <summary>At most this many training examples; null: all.</summary>
    public int? TrainLimit { get; init => field = value is { } count ? Check.Positive(count, nameof(TrainLimit)) : null; }

    /// <summary>Layers that stay as they are, as patterns of parameter names (<c>"fc1.*"</c>); their weights are not among the D.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>A safetensors file with the weights from which training starts, for the dimension of fine-tuning; null: first weights from the
    /// seed.</summary>
    public string? From { get; init; }

    /// <summary>Seed of first weights, projections and the order of examples; each replicate derives its own.</summary>
    public long Seed { get; init; }

    /// <summary>Threads of tensor operations in a trial. Default 1.</summary>
    public int Threads { get => field; init => field = Check.Positive(value, nameof(Threads)); } = 1;

    /// <summary>The part of the data that <see cref="Judge"/> names.</summary>
    internal DataPart Judged => Judge switch
    {
        ScoredPart.Train => DataPart.Train,
        ScoredPart.Test => DataPart.Test,
        _ => DataPart.Validation,
    };

    /// <summary>How the data set is opened.</summary>
    /// <param name="folder">The folder that is searched first, or null.</param>
    public DataOptions DataOptions(string? folder = null) => new() { Folder = folder, TrainLimit = TrainLimit };

    /// <summary>The seed of everything random in a replicate.</summary>
    public ulong SeedOf(int replicate) => Philox.Block(
        ((uint)replicate, 0, 0, 0), ((uint)Seed, (uint)((ulong)Seed >> 32))).X;

    /// <summary>The usual training of a trainable that is given: a user's own module, a learner in an environment. What says how a data set is
    /// learned (<see cref="Initialization"/>, <see cref="Batch"/>, <see cref="Disorder"/>, <see cref="TrainLimit"/>) is the trainable's own then,
    /// and is not read.</summary>
    public static DimensionProblem Of(Trainable trainable)
    {
        ArgumentNullException.ThrowIfNull(trainable);
        return new DimensionProblem { Data = trainable.Source, Model = trainable.Name };
    }

    /// <summary>The network that the problem names, as it learns the data.</summary>
    /// <param name="data">As <see cref="ShuffledData.Open"/> returns it. Borrowed.</param>
    /// <exception cref="ArgumentException">There is no such network, or it cannot learn the data.</exception>
    public Trainable TrainableOn(DataSet data) =>
        Trainables.Of(Model, data, new SupervisedOptions { Batch = Batch }, Initialization);

    /// <summary>The files that <see cref="Model"/> names; empty for a name of the catalog.</summary>
    internal IReadOnlyList<string> ModelFiles =>
        NetworkReference.Parse(Model) is { Kind: NetworkKind.File } file ? ModelFile.Files(file.Name) : [];

    /// <summary>The preparation of inputs that is named behind a file; null for none.</summary>
    internal string? Preparation => NetworkReference.Parse(Model).Preparation;
}

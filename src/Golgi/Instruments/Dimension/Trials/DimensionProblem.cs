using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
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

    /// <summary>The network's name in <see cref="ModelCatalog"/>.</summary>
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

    /// <summary>How the data set is opened.</summary>
    /// <param name="folder">The folder that is searched first, or null.</param>
    public DataOptions DataOptions(string? folder = null) => new() { Folder = folder, TrainLimit = TrainLimit };

    /// <summary>The seed of everything random in a replicate.</summary>
    public ulong SeedOf(int replicate) => Philox.Block(
        ((uint)replicate, 0, 0, 0), ((uint)Seed, (uint)((ulong)Seed >> 32))).X;

    /// <summary>The settings on which results depend, as JSON: the start by its digest (<see cref="Inputs"/>) and not by its place.</summary>
    internal JsonObject ToJson() => JsonSerializer.SerializeToNode(this with { From = null }, RunJson.Format)!.AsObject();

    /// <summary>The data's identity, and the digest of the weights that training starts from.</summary>
    internal Dictionary<string, string> Inputs(DataSet data)
    {
        var inputs = new Dictionary<string, string> { ["data_identity"] = data.Identity };
        if (From is not null) inputs["from_digest"] = Digest.OfUnchangedFile(From);
        return inputs;
    }
}

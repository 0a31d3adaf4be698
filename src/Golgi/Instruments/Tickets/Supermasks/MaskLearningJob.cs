using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Training;
using Golgi.Weights.Masks;
using Golgi.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Learns which weights of an untrained network to keep. The weights themselves never change.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 5; Ramanujan et al. 2020 (arXiv 1911.13299).</remarks>
public sealed class MaskLearningJob : Job<LearnedMask>
{
    private readonly Blueprint blueprint;
    private readonly MaskLearningOptions options;
    private readonly long seed;
    private DataSet? owned;

    /// <summary>Puts the job together.</summary>
    /// <param name="blueprint">The network and its data. Borrowed.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Of the weights, the order of examples and the draws.</param>
    /// <exception cref="ArgumentException">The weights are to be trained ones.</exception>
    public MaskLearningJob(Blueprint blueprint, MaskLearningOptions options, long seed)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        options.RequireUntrained();
        (this.blueprint, this.options, this.seed) = (blueprint, options, seed);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("supermask", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{blueprint.Data.Name}-{blueprint.Name}";

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var json = options.Describe(blueprint);
            json["network"] = blueprint.Name;
            json["seed"] = seed;
            return json;
        }
    }

    /// <inheritdoc/>
    public override JsonObject? Request => blueprint.Request(options, seed);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    private Device Target => device(options.Recipe.Device);

    /// <summary>The job of a request, which opens its data.</summary>
    /// <returns>The caller disposes it.</returns>
    public static MaskLearningJob Make(JsonObject request, Workspace workspace)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(workspace);
        var (blueprint, options, seed) = Blueprint.Open<MaskLearningOptions>(request, workspace);
        return new MaskLearningJob(blueprint, options, seed) { owned = blueprint.Data };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No parameter takes part.</exception>
    public override LearnedMask Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var cancellation = context.Cancellation;
        using var threads = new ThreadScope(options.Recipe.Threads);
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(seed).to(Target);
        using var weights = new WeightVector(network);
        double untrained = Accuracy(network, cancellation);
        var origin = weights.Values.clone();
        if (options.Weights == TicketWeights.SignedConstant) SignedConstants.Fill(weights, options.Scope, options.ConstantSize);
        using var method = Method(weights);
        var report = Train(network, method, context);
        var result = Measure(network, method, cancellation) with
        {
            Seed = seed,
            Untrained = untrained,
            Run = context.Run.Name,
            Seconds = report.Seconds,
        };
        using var mask = MaskOf(method);
        Show(method);
        TicketFile.Write(context.Run.ArtifactPath(TicketFile.FileName), weights, mask, origin, Lineage());
        return result;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        owned?.Dispose();
        base.Dispose();
    }

    private Reparameterization Method(WeightVector weights) => options.Learner switch
    {
        MaskLearner.Bernoulli or MaskLearner.Rounded => new Supermask(weights, new SupermaskOptions
        {
            Gate = options.Learner == MaskLearner.Bernoulli ? SupermaskGate.Bernoulli : SupermaskGate.Rounded,
            Rescale = options.Rescale,
            InitialScore = options.InitialScore,
            Seed = seed,
            Scope = options.Scope,
        }),
        _ => new TopK(weights, new TopKOptions
        {
            Keep = options.Keep,
            Signed = options.Learner == MaskLearner.Signed,
            Rescale = options.Rescale,
            Seed = seed,
            Scope = options.Scope,
        }),
    };

    private TrainingReport Train(nn.Module<Tensor, Tensor> network, Reparameterization method, JobContext context)
    {
        var (data, recipe) = (blueprint.Data, options.Recipe);
        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, seed) { Device = Target };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        long steps = recipe.StepsFor(data.Train.Count);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer = new Trainer(loop, network, blueprint.Task, data.Validation, data.Preprocessing, context.Run) { Device = Target };
        return trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(data.Train.Count) }, context.Progress,
            context.Cancellation);
    }

    private LearnedMask Measure(nn.Module<Tensor, Tensor> network, Reparameterization method, CancellationToken cancellation)
    {
        double[] sampled = [];
        double? expected = null;
        var drawn = method as Supermask;
        if (drawn is not null)
        {
            drawn.MaterializeExpected();
            expected = Accuracy(network, cancellation);
            sampled = new double[options.Samples];
            for (int i = 0; i < sampled.Length; i++)
            {
                drawn.MaterializeSample(i);
                sampled[i] = Accuracy(network, cancellation);
            }
        }

        Show(method);
        using var mask = MaskOf(method);
        return new LearnedMask(
            options.Learner, options.Weights, options.Rescale, 0, 0, sampled.Length > 0 ? sampled.Average() : null, sampled,
            Accuracy(network, cancellation), expected, mask.Remaining, drawn?.MeanProbability(),
            LayerMask.Of(mask), mask.Layers.Sum(layer => (layer.Length + 7) / 8), mask.EntropyBytes, "", 0);
    }

    /// <summary>Writes the network under its one mask.</summary>
    private static void Show(Reparameterization method)
    {
        if (method is Supermask drawn) drawn.MaterializeRounded();
        else method.Materialize();
    }

    private static Mask MaskOf(Reparameterization method) => method is Supermask drawn ? drawn.Round() : ((TopK)method).Current();

    private double Accuracy(nn.Module<Tensor, Tensor> network, CancellationToken cancellation) => Evaluator.Evaluate(
        blueprint.Task, network, blueprint.Data.Test, blueprint.Data.Preprocessing, Target, cancellation: cancellation).Primary;

    private TicketLineage Lineage() => new()
    {
        Model = blueprint.Name,
        InputShape = blueprint.Data.InputShape,
        Classes = blueprint.Data.OutputCount,
        Seed = seed,
        Weights = options.Weights,
        Criterion = $"learned-{options.Learner.ToString().ToLowerInvariant()}",
        Initialization = blueprint.Initialization,
        Data = blueprint.Data.Name,
    };
}

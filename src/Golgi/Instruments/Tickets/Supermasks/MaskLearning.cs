using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>Learns which weights of an untrained network to keep. The weights themselves never change.</summary>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 5; Ramanujan et al. 2020 (arXiv 1911.13299).</remarks>
public static class MaskLearning
{
    /// <summary>The kind of the runs that this makes.</summary>
    public const string Kind = "supermask";

    /// <summary>Learns a mask in a run's folder; a finished run is read, an interrupted one continued.</summary>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How.</param>
    /// <param name="seed">Of the weights, the order of examples and the draws.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="progress">Steps, with loss and accuracy.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <exception cref="ArgumentException">The weights are to be trained ones, or no parameter takes part.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public static LearnedMask Learn(
        Blueprint blueprint,
        MaskLearningOptions options,
        long seed,
        string root,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Weights == TicketWeights.Trained)
        {
            throw new ArgumentException("A mask is learned over untrained weights; choose the first weights or signed constants.", nameof(options));
        }

        using var run = Run.Open(root, Configuration(blueprint, options, seed));
        if (run.Finished) return run.Result<LearnedMask>();
        using var threads = new ThreadScope(options.Recipe.Threads);
        using var scope = NewDisposeScope();
        using var network = blueprint.Build(seed).to(device(options.Recipe.Device));
        using var weights = new WeightVector(network);
        double untrained = Accuracy(blueprint, network, options, cancellation);
        var origin = weights.Values.clone();
        if (options.Weights == TicketWeights.SignedConstant) SignedConstants.Fill(weights, options.Scope, options.ConstantSize);
        using var method = Method(weights, options, seed);
        var report = Train(blueprint, network, method, options.Recipe, seed, run, progress, cancellation);
        var result = Measure(blueprint, network, method, options, cancellation) with
        {
            Seed = seed,
            Untrained = untrained,
            Run = run.Folder,
            Seconds = report.Seconds,
            TicketFile = run.ArtifactPath("ticket.safetensors"),
        };
        using var mask = MaskOf(method);
        Show(method);
        TicketFile.Write(result.TicketFile, weights, mask, origin, Lineage(blueprint, options, seed));
        run.Finish(result);
        return result;
    }

    private static RunConfiguration Configuration(Blueprint blueprint, MaskLearningOptions options, long seed)
    {
        var configuration = RunConfiguration.Of(Kind, $"{blueprint.Data.Name}-{blueprint.Name}", options);
        configuration.Options["network"] = blueprint.Name;
        configuration.Options["data_identity"] = blueprint.Data.Identity;
        configuration.Options["seed"] = seed;
        return configuration;
    }

    private static Reparameterization Method(WeightVector weights, MaskLearningOptions options, long seed) => options.Learner switch
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

    private static TrainingReport Train(
        Blueprint blueprint,
        nn.Module<Tensor, Tensor> network,
        Reparameterization method,
        TrainingRecipe recipe,
        long seed,
        Run run,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        var data = blueprint.Data;
        var target = device(recipe.Device);
        using var batches = new Batches(data.Train, data.Preprocessing, recipe.Batch, seed) { Device = target };
        using var optimizer = recipe.Optimizer.Create(method.Coordinates, method.Gradient);
        long steps = recipe.StepsFor(data.Train.Count);
        using var loop = new TrainingLoop(network, method, optimizer, blueprint.Task, batches) { Schedule = recipe.Schedule, TotalSteps = steps };
        using var trainer = new Trainer(loop, network, blueprint.Task, data.Validation, data.Preprocessing, run) { Device = target };
        return trainer.Fit(
            new TrainerOptions { Steps = steps, EvaluateEvery = recipe.EvaluateEvery(data.Train.Count) }, progress, cancellation);
    }

    private static LearnedMask Measure(
        Blueprint blueprint,
        nn.Module<Tensor, Tensor> network,
        Reparameterization method,
        MaskLearningOptions options,
        CancellationToken cancellation)
    {
        double[] sampled = [];
        double? expected = null;
        var drawn = method as Supermask;
        if (drawn is not null)
        {
            drawn.MaterializeExpected();
            expected = Accuracy(blueprint, network, options, cancellation);
            sampled = new double[options.Samples];
            for (int i = 0; i < sampled.Length; i++)
            {
                drawn.MaterializeSample(i);
                sampled[i] = Accuracy(blueprint, network, options, cancellation);
            }
        }

        Show(method);
        using var mask = MaskOf(method);
        return new LearnedMask(
            options.Learner, options.Weights, options.Rescale, 0, 0, sampled.Length > 0 ? sampled.Average() : null, sampled,
            Accuracy(blueprint, network, options, cancellation), expected, mask.Remaining, drawn?.MeanProbability(),
            LayerMask.Of(mask), mask.Layers.Sum(layer => (layer.Length + 7) / 8), mask.EntropyBytes, "", "", 0);
    }

    /// <summary>Writes the network under its one mask.</summary>
    private static void Show(Reparameterization method)
    {
        if (method is Supermask drawn) drawn.MaterializeRounded();
        else method.Materialize();
    }

    private static Mask MaskOf(Reparameterization method) => method is Supermask drawn ? drawn.Round() : ((TopK)method).Current();

    private static double Accuracy(
        Blueprint blueprint, nn.Module<Tensor, Tensor> network, MaskLearningOptions options, CancellationToken cancellation) =>
        Evaluator.Evaluate(
            blueprint.Task, network, blueprint.Data.Test, blueprint.Data.Preprocessing, device(options.Recipe.Device),
            cancellation: cancellation).Primary;

    private static TicketLineage Lineage(Blueprint blueprint, MaskLearningOptions options, long seed) => new()
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

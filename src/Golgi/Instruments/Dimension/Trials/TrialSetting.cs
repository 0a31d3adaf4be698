using Golgi.Foundation;
using Golgi.Runs;
using Golgi.Training;
using Golgi.Weights.Projections;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>A replicate's network with the weights from which its subspace starts, and the ways to train it.</summary>
internal sealed class TrialSetting : IDisposable
{
    private const long MostSnapshotBytes = 4L << 30, Stride = 50;
    private readonly DimensionProblem problem;
    private readonly Trainable trainable;
    private readonly IProgress<WorkProgress>? progress;
    private readonly CancellationToken cancellation;

    /// <summary>Draws or loads first weights, and trains them directly for as long as the problem's burn-in takes.</summary>
    public TrialSetting(
        DimensionProblem problem, Trainable trainable, int replicate, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        (this.problem, this.trainable, this.progress, this.cancellation) = (problem, trainable, progress, cancellation);
        Seed = problem.SeedOf(replicate);
        Network = trainable.Build((long)Seed);
        Weights = new WeightVector(Network, new WeightSelection { Frozen = problem.Frozen });
        if (problem.From is not null) Checkpoint.Load(problem.From, Checkpoint.StateOf(Network));
        if (problem.BurnIn > 0) TrainDirectly(problem.BurnIn, null);
    }

    public ulong Seed { get; }

    public nn.Module<Tensor, Tensor> Network { get; }

    public WeightVector Weights { get; }

    /// <summary>The learning rates to try.</summary>
    public IReadOnlyList<double> Rates(int dimension) => dimension == 0
        ? [problem.Optimizer.LearningRate]
        : problem.StepSize.Rates(Weights.Count, dimension, problem.Steps, problem.Schedule);

    /// <summary>Direct training, or a subspace of a dimension.</summary>
    /// <exception cref="ArgumentException">The dimension does not fit the projection or the spread.</exception>
    public Reparameterization Method(int dimension)
    {
        if (dimension == 0) return new Direct(Weights);
        return problem.Spread switch
        {
            SubspaceLayout.Layers => new Subspace(Weights, LayeredProjection.Create(problem.Projection, Weights.Segments, dimension, Seed)),
            SubspaceLayout.Scaled => new ScaledSubspace(Weights, Projection, dimension),
            _ => new Subspace(Weights, Projection(dimension)),
        };
    }

    /// <summary>Trains a method's coordinates as the problem says; the network is left with the last weights.</summary>
    public void Train(Reparameterization method, double rate) =>
        Run(method, Plan(rate, problem.Steps) with { Evolution = method is Direct ? null : problem.Evolution });

    /// <summary>How well the network does with the weights that it has.</summary>
    public Evaluation Score() => trainable.Score(Network, problem.Judged, cancellation);

    public void Dispose()
    {
        Weights.Dispose();
        Network.Dispose();
    }

    private Projection Projection(int dimension) => problem.Projection == DimensionProblem.Trajectory
        ? Trajectory(dimension)
        : ProjectionCatalog.Create(problem.Projection, Weights.Count, dimension, Seed);

    /// <summary>The main directions of a direct training from here, seen at 2 d moments; the weights return to where they were.</summary>
    private BasisProjection Trajectory(int dimension)
    {
        long moments = 2L * dimension;
        if (moments > problem.Steps || moments * Weights.Count * (sizeof(float) + sizeof(double)) > MostSnapshotBytes)
        {
            throw new ArgumentException(
                $"A trajectory of {dimension:N0} directions needs {moments:N0} snapshots of {Weights.Count:N0} weights. There must be no more than "
                + $"the {problem.Steps:N0} steps, in {MostSnapshotBytes >> 30} GiB: take fewer dimensions.");
        }

        using var snapshots = empty(moments + 1, Weights.Count);
        using var start = Weights.Values.clone();
        long taken = 0;
        void Look(long step)
        {
            if (step < taken * problem.Steps / moments) return;
            using var row = snapshots[taken++];
            using var _ = no_grad();
            row.copy_(Weights.Values);
        }

        TrainDirectly(problem.Steps, Look);
        Look(problem.Steps);
        using (no_grad()) Weights.Values.copy_(start);
        return BasisProjection.OfTrajectory(snapshots, dimension);
    }

    private void TrainDirectly(long steps, Action<long>? beforeStep)
    {
        using var method = new Direct(Weights);
        Run(method, Plan(problem.Optimizer.LearningRate, steps) with { BeforeStep = beforeStep });
    }

    private LearningPlan Plan(double rate, long steps) => new()
    {
        Steps = steps,
        Optimizer = problem.Optimizer with { LearningRate = rate },
        Schedule = problem.Schedule,
        Seed = Seed,
    };

    private void Run(Reparameterization method, LearningPlan plan)
    {
        using var learner = trainable.Learn(Network, method, plan);
        while (learner.Step < plan.Steps)
        {
            learner.AdvanceTo(Math.Min(plan.Steps, learner.Step + Stride), cancellation);
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("training", learner.Step, plan.Steps));
        }
    }
}

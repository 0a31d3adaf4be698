using Golgi.Numerics.Random;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>An evolution strategy generation by generation: what <see cref="EvolutionStrategy.Minimize(Reparameterization, Func{int, double},
/// EvolutionOptions?, IProgress{Golgi.Foundation.WorkProgress}?, CancellationToken)"/> does at once. It needs no gradients, only a number for a
/// network, so it learns whatever can be scored.</summary>
public sealed class EvolutionLearner : Learner
{
    private const ulong Stream = 0x65766F_0000_0000;
    private readonly Reparameterization weights;
    private readonly Func<int, double> loss;
    private readonly EvolutionOptions options;
    private readonly Tensor center, gradient; // [coordinates]
    private readonly Tensor clock = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
    private readonly Adam optimizer;
    private long step;

    /// <summary>Begins at the coordinates as they are.</summary>
    /// <param name="weights">Whose coordinates are changed, in place. Borrowed.</param>
    /// <param name="loss">Given the generation's number, reads the network, whose weights are those of a candidate, and returns what is to be
    /// small. Within a generation it must be the same function for all candidates, and it may depend on nothing but the number and the
    /// weights.</param>
    /// <param name="options">How many candidates, how far.</param>
    public EvolutionLearner(Reparameterization weights, Func<int, double> loss, EvolutionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(loss);
        (this.weights, this.loss, this.options) = (weights, loss, options ?? new EvolutionOptions());
        center = zeros_like(weights.Coordinates).DetachFromDisposeScope();
        gradient = zeros_like(weights.Coordinates).DetachFromDisposeScope();
        optimizer = new Adam(weights.Coordinates, gradient, new AdamOptions { LearningRate = this.options.LearningRate });
    }

    /// <summary>The learner of a plan, which gives generations, rate, schedule and seed.</summary>
    /// <inheritdoc cref="EvolutionLearner(Reparameterization, Func{int, double}, EvolutionOptions?)"/>
    /// <param name="plan">Whose learning rate and schedule the strategy's Adam follows.</param>
    public static EvolutionLearner Of(Reparameterization weights, Func<int, double> loss, EvolutionOptions options, LearningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(plan);
        var merged = options with
        {
            LearningRate = plan.Optimizer.LearningRate,
            Schedule = plan.Schedule,
            Generations = checked((int)plan.Steps),
            Seed = plan.Seed,
        };
        return new EvolutionLearner(weights, loss, merged) { BeforeStep = plan.BeforeStep };
    }

    /// <summary>Called before each generation with its number. Null: nothing is.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <inheritdoc/>
    public override long Step => step;

    /// <summary>The median loss of the last generation's candidates; not a number before the first.</summary>
    public double MedianLoss { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> State =>
    [
        ("evolution.step", clock),
        .. weights.State.Select(entry => ($"weights.{entry.Name}", entry.Value)),
        .. optimizer.State.Select(entry => ($"optimizer.{entry.Name}", entry.Value)),
    ];

    /// <inheritdoc/>
    public override void AdvanceTo(long step, CancellationToken cancellation = default)
    {
        using var _ = no_grad();
        while (this.step < step && !cancellation.IsCancellationRequested) TakeStep();
        weights.Materialize();
    }

    /// <inheritdoc/>
    public override void StateLoaded()
    {
        step = clock.item<long>();
        optimizer.StateLoaded();
        weights.Materialize();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        optimizer.Dispose();
        center.Dispose();
        gradient.Dispose();
        clock.Dispose();
    }

    private void TakeStep()
    {
        using var scope = NewDisposeScope();
        BeforeStep?.Invoke(step);
        int generation = (int)step;
        center.copy_(weights.Coordinates);
        double[] losses = Evaluate(generation);
        gradient.zero_();
        Accumulate(losses, generation);
        weights.Coordinates.copy_(center);
        optimizer.LearningRate = options.LearningRate * options.Schedule.At(generation, options.Generations);
        optimizer.Step();
        MedianLoss = losses.Order().ElementAt(losses.Length / 2);
        step++;
        clock.fill_(step);
    }

    /// <summary>Losses of the candidates: 2 i is disturbed by +σ εᵢ, 2 i + 1 by −σ εᵢ.</summary>
    private double[] Evaluate(int generation)
    {
        double[] losses = new double[2 * options.Pairs];
        for (int candidate = 0; candidate < losses.Length; candidate++)
        {
            using var scope = NewDisposeScope();
            double signed = candidate % 2 == 0 ? options.Deviation : -options.Deviation;
            weights.Coordinates.copy_(center).add_(Noise(generation, candidate / 2), alpha: signed);
            weights.Materialize();
            double value = loss(generation);
            losses[candidate] = double.IsNaN(value) ? double.PositiveInfinity : value;
        }

        return losses;
    }

    private void Accumulate(double[] losses, int generation)
    {
        double[] ranks = EvolutionStrategy.CenteredRanks(losses);
        for (int pair = 0; pair < options.Pairs; pair++)
        {
            using var scope = NewDisposeScope();
            double weight = (ranks[2 * pair] - ranks[(2 * pair) + 1]) / (2 * options.Pairs * options.Deviation);
            gradient.add_(Noise(generation, pair), alpha: weight);
        }
    }

    /// <summary>The noise of a pair, made anew whenever it is needed.</summary>
    private Tensor Noise(int generation, int pair)
    {
        float[] numbers = new float[center.numel()];
        new Philox(options.Seed, Stream + ((ulong)generation << 20) + (ulong)pair).FillNormal(numbers);
        return tensor(numbers).to(center.dtype, center.device);
    }
}

using System.Diagnostics;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using Golgi.Training.Tasks;
using Golgi.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>
/// Gradient descent on networks whose weights are functions of coordinates, θ = f(φ). A step is a list of turns over one batch; a turn
/// materializes, goes forward and backward, pulls back and steps. Ordinary training has one turn, adversaries have one each. Knows its
/// whole state, so that a copy of it continues bit for bit.
/// </summary>
/// <remarks>Borrows everything that it is given. What happens between steps (evaluation, checkpoints, logs) is <see cref="Trainer"/>'s.</remarks>
public sealed class TrainingLoop : Learner
{
    private readonly IReadOnlyList<nn.Module> networks;
    private readonly IReadOnlyList<Turn> turns;
    private readonly Batches batches;
    private readonly Tensor clock = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
    private readonly Tensor lossSum; // [turns]
    private readonly Tensor lossCount = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
    private readonly double[] initialRates;
    private readonly bool drawsInForward;
    private long step;

    /// <summary>Ordinary training: one network learns a task.</summary>
    /// <param name="network">Left in training mode.</param>
    /// <param name="weights">Of the network's weights.</param>
    /// <param name="optimizer">Over the coordinates of <paramref name="weights"/>.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="batches">What it is trained on.</param>
    public TrainingLoop(
        nn.Module<Tensor, Tensor> network, Reparameterization weights, Optimizer optimizer, LearningTask task, Batches batches)
        : this([network], [Turn.Of(network, weights, optimizer, task)], batches)
    {
    }

    /// <summary>Puts a loop of several turns together.</summary>
    /// <param name="networks">All that the turns run; left in training mode, their buffers are part of the state.</param>
    /// <param name="turns">What a step is, in order. At least one; several have different names.</param>
    /// <param name="batches">What they are trained on.</param>
    /// <exception cref="ArgumentException">There is no turn, or two have one name.</exception>
    public TrainingLoop(IReadOnlyList<nn.Module> networks, IReadOnlyList<Turn> turns, Batches batches)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(turns);
        ArgumentNullException.ThrowIfNull(batches);
        if (turns.Count == 0) throw new ArgumentException("There are no turns; a step needs at least one.", nameof(turns));
        if (turns.Select(turn => turn.Name).Distinct().Count() < turns.Count)
        {
            throw new ArgumentException(
                $"The turns are named {string.Join(", ", turns.Select(turn => $"'{turn.Name}'"))}; each must have a name of its own.", nameof(turns));
        }

        this.networks = networks;
        this.turns = turns;
        this.batches = batches;
        initialRates = [.. turns.Select(turn => turn.Optimizer.LearningRate)];
        lossSum = zeros(turns.Count, ScalarType.Float64, batches.Device).DetachFromDisposeScope();
        drawsInForward = networks.SelectMany(network => network.modules()).Any(layer =>
            layer is Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout);
    }

    /// <summary>Learning rate over time, as a factor on each optimizer's initial rate. Default: constant.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Steps in all, for schedules; the loop itself may stop earlier or go on.</summary>
    public long TotalSteps { get => field; init => field = Check.Positive(value, nameof(TotalSteps)); } = 1;

    /// <summary>Called before each step with its number; freezes layers, changes rates, takes notes.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <inheritdoc/>
    public override long Step => step;

    /// <summary>True where steps were taken since the last <see cref="TakeMeanLosses"/>.</summary>
    public bool HasPendingLoss => lossCount.item<long>() > 0;

    /// <summary>Wall time of backward passes alone, in this sitting.</summary>
    public double BackwardSeconds { get; private set; }

    /// <summary>Seconds spent in forward and backward passes since this object was made.</summary>
    public double ComputeSeconds { get; private set; }

    /// <summary>Seconds spent in whole steps: those passes, and reading, materializing, pulling back and stepping.</summary>
    public double StepSeconds { get; private set; }

    /// <summary>Everything, by name, that a checkpoint needs: coordinates, moments, buffers, clocks. Loading copies into these
    /// tensors in place, then <see cref="StateLoaded"/>.</summary>
    public override IReadOnlyList<(string Name, Tensor Value)> State =>
    [
        ("loop.step", clock),
        ("loop.loss_sum", lossSum),
        ("loop.loss_count", lossCount),
        .. turns.SelectMany(turn => turn.Weights.State.Select(entry => ($"{Prefix(turn)}weights.{entry.Name}", entry.Value))),
        .. turns.SelectMany(turn => turn.Optimizer.State.Select(entry => ($"{Prefix(turn)}optimizer.{entry.Name}", entry.Value))),
        .. networks.SelectMany((network, i) => network.named_buffers().Select(entry =>
            (networks.Count == 1 ? $"buffer.{entry.name}" : $"network{i}.buffer.{entry.name}", entry.buffer))),
    ];

    /// <inheritdoc/>
    public override void AdvanceTo(long step, CancellationToken cancellation = default)
    {
        foreach (var network in networks) network.train();
        long begin = Stopwatch.GetTimestamp();
        while (this.step < step && !cancellation.IsCancellationRequested) TakeStep();
        StepSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        Materialize(); // the networks are left with the weights of the last step
    }

    /// <summary>Mean training loss of each turn since the last call; reads the device. NaN where no step was taken.</summary>
    public IReadOnlyList<double> TakeMeanLosses()
    {
        using var sums = lossSum.cpu();
        long count = lossCount.item<long>();
        double[] means = [.. sums.data<double>().ToArray().Zip(turns, (sum, turn) => sum / (count * turn.Times))];
        lossSum.zero_();
        lossCount.zero_();
        return means;
    }

    /// <summary>The names of the turns, in their order.</summary>
    public IReadOnlyList<string> TurnNames => [.. turns.Select(turn => turn.Name)];

    /// <inheritdoc/>
    public override void StateLoaded()
    {
        step = clock.item<long>();
        foreach (var turn in turns) turn.Optimizer.StateLoaded();
        Materialize();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        clock.Dispose();
        lossSum.Dispose();
        lossCount.Dispose();
    }

    private void TakeStep()
    {
        BeforeStep?.Invoke(Step);
        using var scope = NewDisposeScope();
        var (inputs, targets) = batches.Read(Step);
        if (drawsInForward) ReseedForStep();
        for (int i = 0; i < turns.Count; i++)
        {
            for (int repetition = 0; repetition < turns[i].Times; repetition++)
            {
                Take(i, new TrainingBatch(inputs, targets, Step, batches.Seed, repetition));
            }
        }

        lossCount.add_(1);
        step++;
        clock.fill_(step);
    }

    private void Take(int index, TrainingBatch batch)
    {
        var (turn, weights, optimizer) = (turns[index], turns[index].Weights, turns[index].Optimizer);
        Materialize();
        weights.WeightVector.ZeroGradient();
        long begin = Stopwatch.GetTimestamp();
        var loss = turn.Loss(batch);
        long half = Stopwatch.GetTimestamp();
        loss.backward();
        BackwardSeconds += Stopwatch.GetElapsedTime(half).TotalSeconds;
        ComputeSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        weights.PullBack();
        optimizer.LearningRate = initialRates[index] * Schedule.At(Step, TotalSteps);
        optimizer.Step();
        using var _ = no_grad();
        using var own = lossSum[index];
        own.add_(loss.detach());
    }

    /// <summary>Every turn sees the weights that all others have come to.</summary>
    private void Materialize()
    {
        foreach (var turn in turns) turn.Weights.Materialize();
    }

    private static string Prefix(Turn turn) => turn.Name.Length == 0 ? "" : turn.Name + ".";

    /// <summary>Dropout draws from torch's global generator; keying that by the step keeps a resumed run exact.</summary>
    private void ReseedForStep() => random.manual_seed((long)Philox.Block(
        ((uint)Step, (uint)(Step >> 32), 0, 0), ((uint)batches.Seed, (uint)(batches.Seed >> 32))).X);
}

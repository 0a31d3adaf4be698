using System.Diagnostics;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using Golgi.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>
/// Gradient descent on a network whose weights are a function of coordinates, θ = f(φ): materialize, forward, backward, pull back,
/// step. Knows its whole state, so that a copy of it continues bit for bit.
/// </summary>
/// <remarks>Borrows everything that it is given. What happens between steps (evaluation, checkpoints, logs) is <see cref="Trainer"/>'s.</remarks>
public sealed class TrainingLoop : IDisposable
{
    private readonly nn.Module<Tensor, Tensor> network;
    private readonly Reparameterization weights;
    private readonly Optimizer optimizer;
    private readonly Batches batches;
    private readonly Tensor clock = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
    private readonly Tensor lossSum;
    private readonly Tensor lossCount = zeros(1, ScalarType.Int64).DetachFromDisposeScope();
    private readonly double initialRate;
    private readonly bool drawsInForward;

    /// <summary>Puts a loop together.</summary>
    /// <param name="network">Left in training mode.</param>
    /// <param name="weights">Of the network's weights.</param>
    /// <param name="optimizer">Over the coordinates of <paramref name="weights"/>.</param>
    /// <param name="batches">What it is trained on.</param>
    public TrainingLoop(
        nn.Module<Tensor, Tensor> network, Reparameterization weights, Optimizer optimizer, Batches batches)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentNullException.ThrowIfNull(batches);
        this.network = network;
        this.weights = weights;
        this.optimizer = optimizer;
        this.batches = batches;
        initialRate = optimizer.LearningRate;
        lossSum = zeros(1, ScalarType.Float64, batches.Device).DetachFromDisposeScope();
        drawsInForward = network.modules().Any(layer =>
            layer is Dropout or Dropout1d or Dropout2d or Dropout3d or AlphaDropout or FeatureAlphaDropout);
    }

    /// <summary>Loss of a batch: (outputs [n, classes], labels [n]) → a scalar. Default: mean cross-entropy over logits.</summary>
    public Func<Tensor, Tensor, Tensor> Loss { get; init; } = (outputs, labels) => nn.functional.cross_entropy(outputs, labels);

    /// <summary>Learning rate over time, as a factor on the optimizer's initial rate. Default: constant.</summary>
    public Schedule Schedule { get; init; } = Schedule.Constant;

    /// <summary>Steps in all, for schedules; the loop itself may stop earlier or go on.</summary>
    public long TotalSteps { get => field; init => field = Check.Positive(value, nameof(TotalSteps)); } = 1;

    /// <summary>Called before each step with its number; freezes layers, changes rates, takes notes.</summary>
    public Action<long>? BeforeStep { get; init; }

    /// <summary>Steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>True where steps were taken since the last <see cref="TakeMeanLoss"/>.</summary>
    public bool HasPendingLoss => lossCount.item<long>() > 0;

    /// <summary>Wall time of backward passes alone, in this sitting.</summary>
    public double BackwardSeconds { get; private set; }

    /// <summary>Seconds spent in forward and backward passes since this object was made.</summary>
    public double ComputeSeconds { get; private set; }

    /// <summary>Seconds spent in whole steps: those passes, and reading, materializing, pulling back and stepping.</summary>
    public double StepSeconds { get; private set; }

    /// <summary>Everything, by name, that a checkpoint needs: coordinates, moments, buffers, clocks. Loading copies into these
    /// tensors in place, then <see cref="StateLoaded"/>.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State =>
    [
        ("loop.step", clock),
        ("loop.loss_sum", lossSum),
        ("loop.loss_count", lossCount),
        .. weights.State.Select(entry => ($"weights.{entry.Name}", entry.Value)),
        .. optimizer.State.Select(entry => ($"optimizer.{entry.Name}", entry.Value)),
        .. network.named_buffers().Select(entry => ($"buffer.{entry.name}", entry.buffer)),
    ];

    /// <summary>Takes steps until the loop has taken <paramref name="step"/> of them.</summary>
    /// <param name="step">Where to stop.</param>
    /// <param name="cancellation">Looked at before each step.</param>
    public void AdvanceTo(long step, CancellationToken cancellation = default)
    {
        network.train();
        long begin = Stopwatch.GetTimestamp();
        while (Step < step && !cancellation.IsCancellationRequested) TakeStep();
        StepSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        weights.Materialize(); // the network is left with the weights of the last step
    }

    /// <summary>Mean training loss since the last call; reads the device. NaN where no step was taken.</summary>
    public double TakeMeanLoss()
    {
        double mean = lossSum.item<double>() / lossCount.item<long>();
        lossSum.zero_();
        lossCount.zero_();
        return mean;
    }

    /// <summary>Takes the number of steps from the loaded <see cref="State"/> and writes the weights into the network.</summary>
    public void StateLoaded()
    {
        Step = clock.item<long>();
        optimizer.StateLoaded();
        weights.Materialize();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        clock.Dispose();
        lossSum.Dispose();
        lossCount.Dispose();
    }

    private void TakeStep()
    {
        BeforeStep?.Invoke(Step);
        using var scope = NewDisposeScope();
        var (inputs, labels) = batches.Read(Step);
        if (drawsInForward) ReseedForStep();
        weights.Materialize();
        weights.WeightVector.ZeroGradient();
        long begin = Stopwatch.GetTimestamp();
        var loss = Loss(network.call(inputs), labels);
        long turn = Stopwatch.GetTimestamp();
        loss.backward();
        BackwardSeconds += Stopwatch.GetElapsedTime(turn).TotalSeconds;
        ComputeSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        weights.PullBack();
        optimizer.LearningRate = initialRate * Schedule.At(Step, TotalSteps);
        optimizer.Step();
        Count(loss);
    }

    private void Count(Tensor loss)
    {
        using var _ = no_grad();
        lossSum.add_(loss.detach());
        lossCount.add_(1);
        Step++;
        clock.fill_(Step);
    }

    /// <summary>Dropout draws from torch's global generator; keying that by the step keeps a resumed run exact.</summary>
    private void ReseedForStep() => random.manual_seed((long)Philox.Block(
        ((uint)Step, (uint)(Step >> 32), 0, 0), ((uint)batches.Seed, (uint)(batches.Seed >> 32))).X);
}

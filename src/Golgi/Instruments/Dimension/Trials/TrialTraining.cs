using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Training;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>How the networks of a problem are trained.</summary>
/// <param name="problem">Batches, schedule, optimizer.</param>
/// <param name="data">What is learned. Borrowed.</param>
/// <param name="network">Borrowed.</param>
/// <param name="task">Whose loss goes down.</param>
/// <param name="seed">Of the order of examples, and of an evolution strategy's noise.</param>
internal sealed class TrialTraining(DimensionProblem problem, DataSet data, nn.Module<Tensor, Tensor> network, LearningTask task, ulong seed)
{
    private const long Stride = 50;

    /// <summary>Called now and then with the number of steps taken.</summary>
    public IProgress<WorkProgress>? Progress { get; init; }

    /// <summary>Trains coordinates by gradients.</summary>
    /// <param name="method">Over the network's weights; they are left as the last step made them.</param>
    /// <param name="rate">The learning rate at the start.</param>
    /// <param name="steps">How many.</param>
    /// <param name="beforeStep">Called with each step's number; null: nothing.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public void Run(Reparameterization method, double rate, long steps, Action<long>? beforeStep, CancellationToken cancellation)
    {
        using var optimizer = (problem.Optimizer with { LearningRate = rate }).Create(method.Coordinates, method.Gradient);
        using var batches = Batches();
        using var loop = new TrainingLoop(network, method, optimizer, task, batches)
        {
            Schedule = problem.Schedule,
            TotalSteps = steps,
            BeforeStep = beforeStep,
        };
        while (loop.Step < steps)
        {
            loop.AdvanceTo(Math.Min(steps, loop.Step + Stride), cancellation);
            cancellation.ThrowIfCancellationRequested();
            Progress?.Report(new WorkProgress("training", loop.Step, steps));
        }
    }

    /// <summary>Trains coordinates without gradients; every candidate of a generation sees the same batch.</summary>
    /// <param name="strategy">How many candidates, how far.</param>
    /// <inheritdoc cref="Run"/>
    public void Evolve(Reparameterization method, EvolutionOptions strategy, double rate, long steps, CancellationToken cancellation)
    {
        using var batches = Batches();
        using var mode = new EvaluationMode(network);
        double Loss(int generation)
        {
            using var scope = NewDisposeScope();
            var (inputs, targets) = batches.Read(generation);
            return task.Loss(network.call(inputs), targets).item<float>();
        }

        var options = strategy with { LearningRate = rate, Schedule = problem.Schedule, Generations = checked((int)steps), Seed = seed };
        EvolutionStrategy.Minimize(method, Loss, options, Progress, cancellation);
    }

    private Batches Batches() => new(data.Train, data.Preprocessing, problem.Batch, (long)seed);
}

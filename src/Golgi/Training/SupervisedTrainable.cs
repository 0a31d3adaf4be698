using System.Runtime.InteropServices;
using System.Text.Json;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>A network that learns a task from a data set, in batches.</summary>
public sealed class SupervisedTrainable : Trainable
{
    private readonly Func<long, nn.Module<Tensor, Tensor>> build;
    private readonly SupervisedOptions options;
    private readonly Preprocessing preprocessing;

    /// <summary>Puts it together.</summary>
    /// <param name="name">What reports call the network.</param>
    /// <param name="architecture">A text that is another one for another network or other first weights.</param>
    /// <param name="build">From a seed to the network with its first weights.</param>
    /// <param name="data">Borrowed.</param>
    /// <param name="options">What is learned, and how.</param>
    internal SupervisedTrainable(
        string name, string architecture, Func<long, nn.Module<Tensor, Tensor>> build, DataSet data, SupervisedOptions options)
    {
        (Name, Architecture, this.build, Data, this.options) = (name, architecture, build, data, options);
        Task = options.Task ?? LearningTask.For(data.Train);
        preprocessing = options.Preprocessing ?? data.Preprocessing;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Source => Data.Name;

    /// <summary>A text that is another one for another network or other first weights.</summary>
    public string Architecture { get; }

    /// <inheritdoc/>
    public override string Identity => Digest.OfText(string.Join(
        '\n', Architecture, Data.Identity, Task.Name, options.Batch, options.Augmentation, JsonSerializer.Serialize(preprocessing, RunJson.Format)));

    /// <inheritdoc/>
    public override Metric Primary => Task.Primary;

    /// <summary>What it learns from. Borrowed.</summary>
    public DataSet Data { get; }

    /// <summary>What it learns.</summary>
    public LearningTask Task { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network does not fit the data.</exception>
    public override nn.Module<Tensor, Tensor> Build(long seed) => build(seed);

    /// <inheritdoc/>
    public override Learner Learn(nn.Module<Tensor, Tensor> network, Reparameterization weights, LearningPlan plan)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(plan);
        var batches = new Batches(Data.Train, preprocessing, options.Batch, (long)plan.Seed)
        {
            Device = weights.WeightVector.Values.device,
            Augment = options.Augmentation == Augmentation.None ? null : options.Augmentation.Apply,
        };
        return plan.Evolution is { } strategy ? Evolve(network, weights, plan, strategy, batches) : Descend(network, weights, plan, batches);
    }

    /// <inheritdoc/>
    public override Evaluation Score(nn.Module<Tensor, Tensor> network, DataPart part, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        var device = network.parameters().FirstOrDefault()?.device;
        return Evaluator.Evaluate(Task, network, Data[part], preprocessing, device, cancellation: cancellation);
    }

    private Learner Descend(nn.Module<Tensor, Tensor> network, Reparameterization weights, LearningPlan plan, Batches batches)
    {
        var optimizer = plan.Optimizer.Create(weights.Coordinates, weights.Gradient);
        var loop = new TrainingLoop(network, weights, optimizer, Task, batches)
        {
            Schedule = plan.Schedule,
            TotalSteps = plan.Steps,
            BeforeStep = plan.BeforeStep,
        };
        return loop.Owning(optimizer, batches);
    }

    /// <summary>Every candidate of a generation sees the same batch.</summary>
    private Learner Evolve(
        nn.Module<Tensor, Tensor> network, Reparameterization weights, LearningPlan plan, EvolutionOptions strategy, Batches batches)
    {
        double Loss(int generation)
        {
            using var scope = NewDisposeScope();
            using var mode = new EvaluationMode(network);
            var (inputs, targets) = batches.Read(generation);
            return Task.Loss(network.call(inputs), targets).item<float>();
        }

        return EvolutionLearner.Of(weights, Loss, strategy, plan).Owning(batches);
    }

    /// <summary>Looks whether the network fits the data, and whether it ends in a softmax, so that it is trained by its probabilities.</summary>
    /// <returns>This trainable, or one that learns <see cref="ClassProbabilities"/> where no task was asked for.</returns>
    /// <exception cref="ArgumentException">It has no weights to train, does not take the data's inputs, or gives another number of outputs; the
    /// message says which.</exception>
    internal SupervisedTrainable Fitted()
    {
        using var scope = NewDisposeScope();
        using var network = Build(0);
        if (!network.parameters().Any(weight => weight.requires_grad))
        {
            throw new ArgumentException($"{Name} has no weights to train: there is nothing for it to learn {Data.Name} with.");
        }

        using var mode = new EvaluationMode(network);
        long count = Math.Min(2, Data.Train.Count);
        var inputs = preprocessing.Apply(Data.Train.Read(arange(count)));
        Tensor outputs;
        try
        {
            outputs = network.call(inputs);
        }
        catch (Exception error) when (error is ExternalException or ArgumentException or InvalidDataException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"{Name} does not take the inputs of {Data.Name}, which are {Check.Describe(inputs.shape)} as prepared: "
                + $"{error.Message.Split('\n')[0]}", error);
        }

        bool fits = outputs.dim() > 0 && outputs.shape[0] == count && outputs.numel() == count * Data.OutputCount
            && (Task.Outputs == OutputKind.Picture || outputs.dim() <= 2);
        if (!fits)
        {
            throw new ArgumentException(
                $"{Name} gives outputs {Check.Describe(outputs.shape)} for {count} examples of {Data.Name}; they must be "
                + $"[{count}, {Data.OutputCount}], for the {Data.OutputCount} {Wanted}.");
        }

        return options.Task is null && Task is Classification && Data.OutputCount > 1 && ClassProbabilities.Fit(outputs)
            ? new SupervisedTrainable(Name, Architecture, build, Data, options with { Task = new ClassProbabilities() })
            : this;
    }

    private string Wanted => Task.Outputs switch
    {
        OutputKind.Classes => "classes",
        OutputKind.Picture => "numbers of a picture",
        _ => "values",
    };
}

using Golgi.Foundation;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>One part of a training step: some weights go down the gradient of a loss, by an optimizer of their own.</summary>
/// <param name="Name">Names its state and its loss in logs; may be empty where there is one turn only.</param>
/// <param name="Weights">What learns. Borrowed.</param>
/// <param name="Optimizer">Over its coordinates. Borrowed.</param>
/// <param name="Loss">From the step's batch to a scalar; it runs the networks itself, which hold the weights that all turns have come to.</param>
public sealed record Turn(string Name, Reparameterization Weights, Optimizer Optimizer, Func<TrainingBatch, Tensor> Loss)
{
    /// <summary>How often it is taken in a step. Default 1.</summary>
    public int Times { get => field; init => field = Check.Positive(value, nameof(Times)); } = 1;

    /// <summary>The one turn of ordinary training: a network learns a task.</summary>
    /// <param name="network">Borrowed.</param>
    /// <param name="weights">Of the network's weights. Borrowed.</param>
    /// <param name="optimizer">Over their coordinates. Borrowed.</param>
    /// <param name="task">Whose loss it is.</param>
    public static Turn Of(nn.Module<Tensor, Tensor> network, Reparameterization weights, Optimizer optimizer, LearningTask task)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(task);
        return new Turn("", weights, optimizer, batch => task.Loss(network.call(batch.Inputs), batch.Targets));
    }
}

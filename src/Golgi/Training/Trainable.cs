using Golgi.Data;
using Golgi.Training.Tasks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>
/// A network with what it is to learn: it is built from a seed, trained from given weights for a number of steps, and scored. What asks how
/// few weights, or how few coordinates, a problem needs asks for no more than this.
/// </summary>
/// <remarks>Networks that learn a data set are one kind, <see cref="SupervisedTrainable"/>; for another (an environment, a game) derive from this:
/// the members say all that is asked of it. It must be possible to have several networks of one trainable at a time.</remarks>
public abstract class Trainable
{
    /// <summary>What reports call the network.</summary>
    public abstract string Name { get; }

    /// <summary>What reports call that from which it learns: a data set, an environment.</summary>
    public abstract string Source { get; }

    /// <summary>A text that is another one wherever results may be: for another network, other first weights, other data, another task. Part of a
    /// run's name; never a place or a time.</summary>
    public abstract string Identity { get; }

    /// <summary>The metric by which networks are compared.</summary>
    public abstract Metric Primary { get; }

    /// <summary>Makes the network with its first weights.</summary>
    /// <param name="seed">The same seed gives the same weights, bit for bit.</param>
    /// <returns>A network of its own, on the CPU. The caller owns it.</returns>
    public abstract nn.Module<Tensor, Tensor> Build(long seed);

    /// <summary>Begins to train.</summary>
    /// <param name="network">Made by <see cref="Build"/>, wherever it was moved since. Borrowed, and used by nothing else while the learner
    /// lives.</param>
    /// <param name="weights">Of the network's weights: training changes the coordinates, and begins where they are. Borrowed.</param>
    /// <param name="plan">How. The same plan from the same coordinates gives the same weights, bit for bit, on one machine.</param>
    /// <returns>At step 0, or where the state that is loaded into it says. The caller owns it.</returns>
    /// <exception cref="ArgumentException">The plan is none for what is learned.</exception>
    public abstract Learner Learn(nn.Module<Tensor, Tensor> network, Reparameterization weights, LearningPlan plan);

    /// <summary>Measures how well the network has learned.</summary>
    /// <param name="network">Made by <see cref="Build"/>. Borrowed; its weights and its mode stay as they are.</param>
    /// <param name="part">Measured on what it learned from, on what is held out to choose by, or on what nothing is chosen by.</param>
    /// <param name="cancellation">Stops on the way.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract Evaluation Score(nn.Module<Tensor, Tensor> network, DataPart part, CancellationToken cancellation = default);
}

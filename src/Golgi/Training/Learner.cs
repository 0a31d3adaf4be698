using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>Weights on their way: takes steps, and knows its whole state, so that a copy of it continues bit for bit. What a step is (a batch,
/// a generation, an episode) is its own business.</summary>
public abstract class Learner : IDisposable
{
    /// <summary>Steps taken.</summary>
    public abstract long Step { get; }

    /// <summary>Everything, by name, that a checkpoint needs. Loading copies into these tensors in place, then
    /// <see cref="StateLoaded"/>.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <summary>Takes steps until <paramref name="step"/> of them have been taken; the network is left with the weights of the last.</summary>
    /// <param name="step">Where to stop.</param>
    /// <param name="cancellation">Looked at before each step: where it asks to stop, the call returns early.</param>
    public abstract void AdvanceTo(long step, CancellationToken cancellation = default);

    /// <summary>Takes the number of steps from the loaded <see cref="State"/> and writes the weights into the network.</summary>
    public abstract void StateLoaded();

    /// <summary>The same learner as the owner of what it borrows: its optimizer, its batches.</summary>
    /// <param name="resources">Disposed after the learner, in this order.</param>
    /// <returns>The caller owns it, and this learner no longer.</returns>
    public Learner Owning(params IReadOnlyList<IDisposable> resources) => new OwningLearner(this, resources);

    /// <inheritdoc/>
    public abstract void Dispose();
}

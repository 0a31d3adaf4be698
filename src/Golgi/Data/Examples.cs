using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Inputs with what should come of them, read by index: in memory, or streamed from files. Raw values; see
/// <see cref="Preprocessing"/>.</summary>
public abstract class Examples : IDisposable
{
    /// <summary>How many examples there are.</summary>
    public long Count => Targets.Count;

    /// <summary>The shape of one raw input: [C, H, W] for images, [F] for rows of a table.</summary>
    public abstract IReadOnlyList<long> InputShape { get; }

    /// <summary>What the outputs should be. Owned by this object.</summary>
    public abstract Targets Targets { get; }

    /// <summary>The classes of all examples, int64 [Count], on the CPU. Owned by this object.</summary>
    /// <exception cref="InvalidOperationException">The targets are no classes.</exception>
    public Tensor Labels => Targets is ClassTargets classes
        ? classes.Labels
        : throw new InvalidOperationException(
            $"These examples have no classes: their targets are {Targets.Kind} of shape {Check.Describe([.. Targets.Shape])}. Read Targets instead.");

    /// <summary>Refuses examples whose targets are no classes.</summary>
    /// <param name="wish">What needs them, as a user would say it: <c>A linear probe</c>.</param>
    /// <exception cref="ArgumentException">They are something else; the message says what.</exception>
    public void RequireClasses(string wish)
    {
        if (Targets.Kind == OutputKind.Classes) return;
        throw new ArgumentException(
            $"{wish} needs examples with classes; the targets of these are {Targets.Kind} of shape {Check.Describe([.. Targets.Shape])}.");
    }

    /// <summary>Reads the raw inputs of some examples.</summary>
    /// <param name="indices">int64 [n] on the CPU, each in [0, Count).</param>
    /// <returns>uint8 in [0, 255] for images, float32 otherwise, [n, ...InputShape], on the CPU; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">A file behind an example cannot be read.</exception>
    public abstract Tensor Read(Tensor indices);

    /// <inheritdoc/>
    public abstract void Dispose();
}

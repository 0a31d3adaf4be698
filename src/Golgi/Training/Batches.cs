using Golgi.Data;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>
/// The order in which training sees its examples. The batch of a step is a function of (seed, step) alone: each epoch
/// is a fresh permutation, so a resumed run continues with exactly the batches that it would have seen.
/// </summary>
/// <remarks>Every batch is full; the few examples that do not fill one are left to the next epoch's permutation.</remarks>
public sealed class Batches : IDisposable
{
    private readonly Examples examples;
    private readonly Preprocessing preprocessing;
    private readonly ulong seed;
    private long loadedEpoch = -1;
    private ulong loadedSeed;
    private Tensor? order;

    /// <summary>Orders a set of examples.</summary>
    /// <param name="examples">Borrowed.</param>
    /// <param name="preprocessing">From raw inputs to what the network sees.</param>
    /// <param name="size">Examples in a batch; at most as many as there are.</param>
    /// <param name="seed">Of the order.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1 or above the number of examples.</exception>
    public Batches(Examples examples, Preprocessing preprocessing, int size, long seed)
    {
        ArgumentNullException.ThrowIfNull(examples);
        Check.InRange(size, 1, examples.Count, "batch size");
        this.examples = examples;
        this.preprocessing = preprocessing;
        this.seed = (ulong)seed;
        Size = size;
    }

    /// <summary>Examples in a batch.</summary>
    public int Size { get; }

    /// <summary>The seed of the order.</summary>
    public ulong Seed => seed;

    /// <summary>Batches in an epoch.</summary>
    public long PerEpoch => examples.Count / Size;

    /// <summary>Where batches are delivered. Default: the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Distorts a raw batch, as a function of (batch, seed, step): <c>augmentation.Apply</c>. None by default.</summary>
    public Func<Tensor, ulong, long, Tensor>? Augment { get; init; }

    /// <summary>From this step on the order is another seed's; null: never.</summary>
    public (long Step, long Seed)? Fork { get; init; }

    /// <summary>The batch of a step.</summary>
    /// <param name="step">0 or more.</param>
    /// <returns>Prepared inputs, float32 [size, ...], and targets, [size] or [size, ...], on the device; the caller owns both.</returns>
    public (Tensor Inputs, Tensor Targets) Read(long step)
    {
        using var scope = NewDisposeScope();
        var indices = Order(step / PerEpoch, Fork is { } fork && step >= fork.Step ? (ulong)fork.Seed : seed).narrow(0, step % PerEpoch * Size, Size);
        var raw = examples.Read(indices);
        if (Augment is not null) raw = Augment(raw, seed, step);
        var inputs = preprocessing.Apply(raw.to(Device));
        var targets = examples.Targets.Read(indices).to(Device);
        inputs.MoveToOuterDisposeScope();
        targets.MoveToOuterDisposeScope();
        return (inputs, targets);
    }

    /// <inheritdoc/>
    public void Dispose() => order?.Dispose();

    private Tensor Order(long epoch, ulong seed)
    {
        if (epoch != loadedEpoch || seed != loadedSeed)
        {
            order?.Dispose();
            order = tensor(new Philox(seed, (ulong)epoch).Permutation((int)examples.Count)).DetachFromDisposeScope();
            loadedEpoch = epoch;
            loadedSeed = seed;
        }

        return order!;
    }
}

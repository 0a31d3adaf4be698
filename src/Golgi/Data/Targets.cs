using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>What the outputs for a set of examples should be, in the examples' order: classes, numbers or pictures.</summary>
public abstract class Targets : IDisposable
{
    /// <summary>What they are.</summary>
    public abstract OutputKind Kind { get; }

    /// <summary>How many there are.</summary>
    public abstract long Count { get; }

    /// <summary>The shape of one of them; empty for a class.</summary>
    public abstract IReadOnlyList<long> Shape { get; }

    /// <summary>Reads some of them.</summary>
    /// <param name="indices">int64 [n] on the CPU, each in [0, Count).</param>
    /// <returns>int64 [n] for classes, float32 [n, ...Shape] otherwise, on the CPU; the caller owns it.</returns>
    public abstract Tensor Read(Tensor indices);

    /// <summary>Some of them as a set of their own.</summary>
    /// <param name="indices">As in <see cref="Read"/>.</param>
    /// <returns>The caller owns it.</returns>
    public abstract Targets Take(Tensor indices);

    /// <inheritdoc/>
    public abstract void Dispose();
}

using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>Linear CKA estimated batch by batch (<see cref="MinibatchCka"/>): memory of one batch, each row read once.</summary>
/// <param name="batch">Rows of a batch, 4 or more.</param>
public sealed class BatchedCka(long batch = BatchedCka.UsualBatch) : Measure
{
    /// <summary>Rows of a batch if nothing else is said.</summary>
    public const long UsualBatch = 256;

    /// <summary>Rows of a batch.</summary>
    public long Batch { get; } = Check.InRange(batch, 4, 100_000);

    /// <inheritdoc/>
    public override string Name => "cka-minibatch";

    /// <inheritdoc/>
    public override string Meaning => $"linear centred kernel alignment without its bias, from batches of {Batch}";

    /// <inheritdoc/>
    public override MeasureTraits Traits { get; } = new(-1, 1);
}

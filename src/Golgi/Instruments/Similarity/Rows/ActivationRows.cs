using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>A layer's activations as rows that can be read in blocks: from memory or from a file that is larger than memory.</summary>
public abstract class ActivationRows : IDisposable
{
    /// <summary>What messages call it: a file's or a layer's name.</summary>
    public abstract string Name { get; }

    /// <summary>Number of rows (samples).</summary>
    public abstract long Count { get; }

    /// <summary>Number of columns (features).</summary>
    public abstract long Features { get; }

    /// <summary>Singular values below this share of the largest are rounding, not signal; see <see cref="Basis"/>.</summary>
    public abstract double RankTolerance { get; }

    /// <summary>Rows that belong to one example, such as the pixels of one image; they lie next to each other and are never torn
    /// apart by shuffling or resampling. 1 or more.</summary>
    public long RowsPerExample { get => field; init => field = Check.Positive(value, nameof(RowsPerExample)); } = 1;

    /// <summary>Reads neighbouring rows.</summary>
    /// <param name="start">The first one.</param>
    /// <param name="count">How many.</param>
    /// <returns>float64 [count, features]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">The file ends early or is damaged.</exception>
    public abstract Tensor Read(long start, long count);

    /// <inheritdoc/>
    public abstract void Dispose();
}

using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>Activations in memory.</summary>
public sealed class TensorRows : ActivationRows
{
    private readonly Tensor values;

    /// <summary>Takes ownership of a matrix.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="values">float32 or float64 [samples, features].</param>
    public TensorRows(string name, Tensor values)
    {
        Name = name;
        this.values = Check.Shape(values, "[N, P]").DetachFromDisposeScope();
        RankTolerance = values.dtype == ScalarType.Float64 ? Basis.DoubleTolerance : Basis.SingleTolerance;
    }

    /// <summary>The matrix itself, [samples, features]. Owned by this object.</summary>
    public Tensor Values => values;

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long Count => values.shape[0];

    /// <inheritdoc/>
    public override long Features => values.shape[1];

    /// <inheritdoc/>
    public override double RankTolerance { get; }

    /// <inheritdoc/>
    public override Tensor Read(long start, long count)
    {
        using var part = values.narrow(0, start, count);
        return part.to(ScalarType.Float64, copy: true);
    }

    /// <inheritdoc/>
    public override void Dispose() => values.Dispose();
}

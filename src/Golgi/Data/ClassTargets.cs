using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>One class per example.</summary>
public sealed class ClassTargets : Targets
{
    /// <summary>Takes ownership of the classes.</summary>
    /// <param name="labels">int64 [N].</param>
    /// <exception cref="ArgumentException">They are of another shape or type.</exception>
    public ClassTargets(Tensor labels)
    {
        Check.Shape(labels, "[N]");
        if (labels.dtype != ScalarType.Int64) throw new ArgumentException($"The labels are {labels.dtype}; they must be Int64.", nameof(labels));
        Labels = labels.DetachFromDisposeScope();
    }

    /// <summary>All of them, int64 [Count], on the CPU. Owned by this object.</summary>
    public Tensor Labels { get; }

    /// <inheritdoc/>
    public override OutputKind Kind => OutputKind.Classes;

    /// <inheritdoc/>
    public override long Count => Labels.shape[0];

    /// <inheritdoc/>
    public override IReadOnlyList<long> Shape => [];

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices) => Labels.index_select(0, indices);

    /// <inheritdoc/>
    public override Targets Take(Tensor indices) => new ClassTargets(Read(indices));

    /// <inheritdoc/>
    public override void Dispose() => Labels.Dispose();
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Numbers for each example, held in memory: [values], or a picture [C, H, W] in [0, 1].</summary>
public sealed class ValueTargets : Targets
{
    private readonly Tensor values;

    /// <summary>Takes ownership of the numbers.</summary>
    /// <param name="values">float32 [N, values] or [N, C, H, W].</param>
    /// <exception cref="ArgumentException">They are of another shape or type.</exception>
    public ValueTargets(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.dtype != ScalarType.Float32 || values.dim() is not (2 or 4))
        {
            throw new ArgumentException(
                $"The targets are {values.dtype} {Check.Describe(values.shape)}; they must be Float32 [N, values] or [N, C, H, W].", nameof(values));
        }

        this.values = values.DetachFromDisposeScope();
        Shape = values.shape[1..];
    }

    /// <inheritdoc/>
    public override OutputKind Kind => Shape.Count == 1 ? OutputKind.Values : OutputKind.Picture;

    /// <inheritdoc/>
    public override long Count => values.shape[0];

    /// <inheritdoc/>
    public override IReadOnlyList<long> Shape { get; }

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices) => values.index_select(0, indices);

    /// <inheritdoc/>
    public override Targets Take(Tensor indices) => new ValueTargets(Read(indices));

    /// <inheritdoc/>
    public override void Dispose() => values.Dispose();
}

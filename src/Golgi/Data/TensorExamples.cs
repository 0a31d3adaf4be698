using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Examples held in memory.</summary>
public sealed class TensorExamples : Examples
{
    private readonly Tensor inputs;

    /// <summary>Takes ownership of two tensors.</summary>
    /// <param name="inputs">uint8 or float32, [N, ...].</param>
    /// <param name="labels">int64 [N].</param>
    /// <exception cref="ArgumentException">The numbers of inputs and labels differ, or a type is wrong.</exception>
    public TensorExamples(Tensor inputs, Tensor labels)
    {
        Check.Shape(labels, "[N]");
        Check.Shape(inputs, "[N, ...]");
        if (inputs.shape[0] != labels.shape[0])
        {
            throw new ArgumentException($"There are {inputs.shape[0]} inputs and {labels.shape[0]} labels; there must be as many.");
        }

        if (labels.dtype != ScalarType.Int64 || inputs.dtype is not (ScalarType.Byte or ScalarType.Float32))
        {
            throw new ArgumentException(
                $"Inputs are {inputs.dtype} and labels {labels.dtype}; inputs must be Byte or Float32, labels Int64.");
        }

        this.inputs = inputs.DetachFromDisposeScope();
        Labels = labels.DetachFromDisposeScope();
        InputShape = inputs.shape[1..];
    }

    /// <summary>No examples of a given shape, as uint8.</summary>
    public static TensorExamples Empty(params long[] inputShape) =>
        new(empty([0, .. inputShape], ScalarType.Byte), empty(0, ScalarType.Int64));

    /// <inheritdoc/>
    public override IReadOnlyList<long> InputShape { get; }

    /// <inheritdoc/>
    public override Tensor Labels { get; }

    /// <summary>All raw inputs, [Count, ...InputShape]. Owned by this object.</summary>
    public Tensor Inputs => inputs;

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices) => inputs.index_select(0, indices);

    /// <inheritdoc/>
    public override void Dispose()
    {
        inputs.Dispose();
        Labels.Dispose();
    }
}

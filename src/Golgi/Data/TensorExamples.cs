using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Examples held in memory.</summary>
public sealed class TensorExamples : Examples
{
    private readonly Tensor inputs;

    /// <summary>Takes ownership of inputs and their classes or values.</summary>
    /// <param name="inputs">uint8 or float32, [N, ...].</param>
    /// <param name="targets">Classes, int64 [N]; or float32 [N, values] or [N, C, H, W].</param>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or a type is wrong.</exception>
    public TensorExamples(Tensor inputs, Tensor targets)
        : this(inputs, TargetsOf(targets))
    {
    }

    /// <summary>Takes ownership of inputs and targets.</summary>
    /// <param name="inputs">uint8 or float32, [N, ...].</param>
    /// <param name="targets">As many.</param>
    /// <exception cref="ArgumentException">The numbers of inputs and targets differ, or a type is wrong.</exception>
    public TensorExamples(Tensor inputs, Targets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        Check.Shape(inputs, "[N, ...]");
        if (inputs.shape[0] != targets.Count)
        {
            throw new ArgumentException($"There are {inputs.shape[0]} inputs and {targets.Count} targets; there must be as many.");
        }

        if (inputs.dtype is not (ScalarType.Byte or ScalarType.Float32))
        {
            throw new ArgumentException($"Inputs are {inputs.dtype}; they must be Byte or Float32.", nameof(inputs));
        }

        this.inputs = inputs.DetachFromDisposeScope();
        Targets = targets;
        InputShape = inputs.shape[1..];
    }

    /// <summary>No examples of a given shape, as uint8.</summary>
    public static TensorExamples Empty(params long[] inputShape) =>
        new(empty([0, .. inputShape], ScalarType.Byte), empty(0, ScalarType.Int64));

    /// <inheritdoc/>
    public override IReadOnlyList<long> InputShape { get; }

    /// <inheritdoc/>
    public override Targets Targets { get; }

    /// <summary>All raw inputs, [Count, ...InputShape]. Owned by this object.</summary>
    public Tensor Inputs => inputs;

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices) => inputs.index_select(0, indices);

    /// <inheritdoc/>
    public override void Dispose()
    {
        inputs.Dispose();
        Targets.Dispose();
    }

    private static Targets TargetsOf(Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return targets.dtype == ScalarType.Float32 ? new ValueTargets(targets) : new ClassTargets(targets);
    }
}

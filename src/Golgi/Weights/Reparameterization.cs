using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>
/// Weights as a function of free coordinates, θ = f(φ). A method states f and its pull-back; training, checkpoints and
/// optimizers then work on φ, for any module, without layer classes.
/// </summary>
/// <remarks>One training step: <see cref="Materialize"/>, <c>weights.ZeroGradient()</c>, forward, <c>backward()</c>,
/// <see cref="PullBack"/>, optimizer step on (<see cref="Coordinates"/>, <see cref="Gradient"/>).</remarks>
public abstract class Reparameterization : IDisposable
{
    private readonly Tensor original;
    private bool materialized;
    private bool disposed;

    /// <summary>Remembers the module's own weights, for <see cref="Restore"/>.</summary>
    /// <param name="weights">The weights that are a function of the coordinates. Borrowed.</param>
    protected Reparameterization(WeightVector weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        WeightVector = weights;
        original = weights.Values.clone().DetachFromDisposeScope();
    }

    /// <summary>The module's weights θ. Borrowed.</summary>
    public WeightVector WeightVector { get; }

    /// <summary>φ, [coordinates]: what the optimizer changes. Owned by this object.</summary>
    public abstract Tensor Coordinates { get; }

    /// <summary>∂L/∂φ, [coordinates], as of the last <see cref="PullBack"/>. Owned by this object.</summary>
    public abstract Tensor Gradient { get; }

    /// <summary>Everything, by name, that a checkpoint needs beside the construction arguments; loading copies into these
    /// tensors in place. At least the coordinates. Owned by this object.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> State { get; }

    /// <summary>The module's own weights as they were when this object was made, [D]. Owned by this object.</summary>
    public Tensor Original => original;

    /// <summary>θ ← f(φ), written into the module in place.</summary>
    public void Materialize()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        WriteWeights(WeightVector.Values);
        materialized = true;
    }

    /// <summary>∂L/∂φ ← Jᵀ ∂L/∂θ, from the gradient that the backward pass left in the weight vector.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Materialize"/> was not called before.</exception>
    public void PullBack()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (!materialized)
        {
            throw new InvalidOperationException("Materialize() must be called before PullBack(): there is no point at which to pull back.");
        }

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        WriteGradient(WeightVector.Gradient);
    }

    /// <summary>Gives the module its own weights back, bit for bit.</summary>
    public void Restore()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        using var _ = no_grad();
        WeightVector.Values.copy_(original);
        materialized = false;
    }

    /// <summary>Frees what the method holds. The module keeps the weights that it has: call <see cref="Restore"/> first to undo.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        Release();
        original.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes f(φ) into θ, in place. Runs under <c>no_grad</c> in a dispose scope.</summary>
    protected abstract void WriteWeights(Tensor weights);

    /// <summary>Writes Jᵀ g into <see cref="Gradient"/>, in place. Runs under <c>no_grad</c> in a dispose scope.</summary>
    /// <param name="gradient">g = ∂L/∂θ, [D]; may be overwritten.</param>
    protected abstract void WriteGradient(Tensor gradient);

    /// <summary>Disposes the method's own tensors.</summary>
    protected abstract void Release();
}

using static TorchSharp.torch;

namespace Golgi.Ascent.Steps;

/// <summary>A <see cref="StepRule"/> in use, with what it remembers of the phase's earlier steps.</summary>
public abstract class Stepper : IDisposable
{
    /// <summary>Moves coordinates in place.</summary>
    /// <param name="coordinates">[N, ...], not recorded by autograd.</param>
    /// <param name="drift">What they are drawn by: the objective's gradient, or a sum of drifts. The same shape; rows of pictures that rest are
    /// zero.</param>
    /// <param name="fraction">How far the phase is, from 0 to 1.</param>
    public abstract void Move(Tensor coordinates, Tensor drift, double fraction);

    /// <summary>Frees what is remembered.</summary>
    public abstract void Dispose();
}

using static TorchSharp.torch;

namespace Golgi.Ascent.Steps;

/// <summary>How a gradient becomes a step uphill.</summary>
public abstract record StepRule
{
    /// <summary>Begins a phase: what the rule remembers between steps starts afresh.</summary>
    internal abstract Stepper Begin();

    /// <summary>A rule in use.</summary>
    internal abstract class Stepper : IDisposable
    {
        /// <summary>Moves coordinates in place.</summary>
        /// <param name="coordinates">[N, ...], not recorded by autograd.</param>
        /// <param name="gradient">The same shape; rows of pictures that rest are zero.</param>
        /// <param name="fraction">How far the phase is, from 0 to 1.</param>
        public abstract void Move(Tensor coordinates, Tensor gradient, double fraction);

        public abstract void Dispose();
    }

    /// <summary>A rule that remembers nothing.</summary>
    private protected sealed class Forgetful(Action<Tensor, Tensor, double> move) : Stepper
    {
        public override void Move(Tensor coordinates, Tensor gradient, double fraction) =>
            move(coordinates, gradient, fraction);

        public override void Dispose()
        {
        }
    }

    /// <summary>One value per picture, shaped to scale the picture: [N, 1, ...].</summary>
    private protected static Tensor PerPicture(Tensor values, Tensor like) =>
        values.view([values.shape[0], .. Enumerable.Repeat(1L, (int)like.dim() - 1)]);
}

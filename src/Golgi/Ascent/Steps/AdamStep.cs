using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Steps;

/// <summary>Adam: steps of about the rate in every coordinate, by running means of the gradient and of its
/// square.</summary>
/// <remarks>Kingma and Ba 2015; with <paramref name="Nesterov"/> NAdam (Dozat 2016), its momentum constant.</remarks>
/// <param name="Rate">The step size.</param>
/// <param name="Nesterov">Whether the step looks one gradient ahead.</param>
public sealed record AdamStep(double Rate, bool Nesterov = false) : StepRule
{
    private const double First = 0.9, Second = 0.999, Epsilon = 1e-8;

    /// <inheritdoc/>
    public override Stepper Begin() => new Moments(Check.Positive(Rate), Nesterov);

    private sealed class Moments(double rate, bool nesterov) : Stepper
    {
        private Tensor? mean, square;
        private int step;

        public override void Move(Tensor coordinates, Tensor drift, double fraction)
        {
            mean ??= zeros_like(drift).DetachFromDisposeScope();
            square ??= zeros_like(drift).DetachFromDisposeScope();
            step++;
            mean.lerp_(drift, 1 - First);
            square.mul_(Second).addcmul_(drift, drift, value: 1 - Second);
            double unbiased = 1 - Math.Pow(First, step), ahead = 1 - Math.Pow(First, step + 1);
            // √v̂ = √v / root: the numbers carry it, not another pass
            double root = Math.Sqrt(1 - Math.Pow(Second, step));
            var denominator = square.sqrt().add_(Epsilon * root);
            if (!nesterov)
            {
                coordinates.addcdiv_(mean, denominator, value: rate * root / unbiased);
                return;
            }

            coordinates.addcdiv_(mean, denominator, value: rate * root * First / ahead);
            coordinates.addcdiv_(drift, denominator, value: rate * root * (1 - First) / unbiased);
        }

        public override void Dispose()
        {
            mean?.Dispose();
            square?.Dispose();
        }
    }
}

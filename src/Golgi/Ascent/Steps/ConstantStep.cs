using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>x ← x + rate · g.</summary>
/// <param name="Rate">In units of the coordinates over the gradient's.</param>
public sealed record ConstantStep(double Rate) : StepRule
{
    internal override Stepper Begin()
    {
        double rate = Check.Positive(Rate);
        return new Forgetful((coordinates, gradient, _) => coordinates.add_(gradient * rate));
    }
}

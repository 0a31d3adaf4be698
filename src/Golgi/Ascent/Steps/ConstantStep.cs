using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>x ← x + rate · g.</summary>
/// <param name="Rate">In units of the coordinates over the gradient's; 1 takes a sum of drifts as it is.</param>
public sealed record ConstantStep(double Rate) : StepRule
{
    /// <inheritdoc/>
    public override Stepper Begin()
    {
        double rate = Check.Positive(Rate);
        return new MemorylessStepper((coordinates, gradient, _) => coordinates.add_(rate == 1 ? gradient : gradient * rate));
    }
}

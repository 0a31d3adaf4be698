using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>x ← x + min(most, desired / |g|²) · g: to first order, the objective rises by the desired amount.</summary>
/// <remarks>The "progress" policy of Yosinski et al. 2015; |g| is each picture's own.</remarks>
/// <param name="Most">The greatest rate.</param>
/// <param name="Desired">The rise wanted of each step.</param>
public sealed record ProgressStep(double Most, double Desired) : StepRule
{
    /// <inheritdoc/>
    public override Stepper Begin()
    {
        double most = Check.Positive(Most), desired = Check.Positive(Desired);
        return new MemorylessStepper((coordinates, gradient, _) =>
        {
            // 0 gradient: at most the greatest rate of nothing
            var rate = (desired / gradient.flatten(1).square().sum(1)).clamp_max(most);
            coordinates.add_(gradient * MemorylessStepper.PerPicture(rate, gradient));
        });
    }
}

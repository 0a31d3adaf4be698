using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>x ← x + rate · g / mean|g|: the rate is the average change of a coordinate, and goes evenly from its first
/// to its last value.</summary>
/// <remarks>The step of Mordvintsev et al. 2015 and of the code of Nguyen et al. 2016; the mean is each picture's
/// own.</remarks>
/// <param name="First">The rate in the phase's first step.</param>
/// <param name="Last">The rate in its last step; null: the same.</param>
public sealed record NormalizedStep(double First, double? Last = null) : StepRule
{
    /// <inheritdoc/>
    public override Stepper Begin()
    {
        double first = Check.Positive(First), last = Check.Positive(Last ?? First, nameof(Last));
        return new MemorylessStepper((coordinates, gradient, fraction) =>
        {
            var mean = gradient.flatten(1).abs().mean([1]);
            double rate = first + ((last - first) * fraction);
            // rows that rest have no mean
            coordinates.add_(gradient * MemorylessStepper.PerPicture(rate / mean, gradient).nan_to_num(0, 0, 0));
        });
    }
}

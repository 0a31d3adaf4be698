namespace Golgi.Ascent.Steps;

/// <summary>How a drift, most often a gradient, becomes a step.</summary>
public abstract record StepRule
{
    /// <summary>Begins a phase: what the rule remembers between steps starts afresh.</summary>
    /// <returns>The caller owns it.</returns>
    public abstract Stepper Begin();
}

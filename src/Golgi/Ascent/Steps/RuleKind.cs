namespace Golgi.Ascent.Steps;

/// <summary>A step rule under its name.</summary>
/// <param name="Name">As <see cref="RuleCatalog"/> and the command have it.</param>
/// <param name="Description">What its rate means.</param>
/// <param name="Rate">The rate where none is named.</param>
/// <param name="Make">The rule of a rate.</param>
public sealed record RuleKind(string Name, string Description, double Rate, Func<double, StepRule> Make);

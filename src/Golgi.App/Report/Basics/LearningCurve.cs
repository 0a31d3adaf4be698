namespace Golgi.App.Report.Basics;

/// <summary>One quantity over training.</summary>
/// <param name="Steps">Where it was measured, rising.</param>
/// <param name="Values">What it was there.</param>
internal sealed record LearningCurve(IReadOnlyList<long> Steps, IReadOnlyList<double> Values);

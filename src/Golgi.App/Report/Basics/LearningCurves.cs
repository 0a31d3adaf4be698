namespace Golgi.App.Report.Basics;

/// <summary>How training went, as the run measured it.</summary>
/// <param name="TrainLoss">Mean loss since the measurement before.</param>
/// <param name="ValidationLoss">Mean loss over held-out examples.</param>
/// <param name="ValidationAccuracy">Share of them that is recognized.</param>
internal sealed record LearningCurves(LearningCurve TrainLoss, LearningCurve ValidationLoss, LearningCurve ValidationAccuracy);

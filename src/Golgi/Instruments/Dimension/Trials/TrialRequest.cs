namespace Golgi.Instruments.Dimension.Trials;

/// <summary>A trial that is to be run.</summary>
/// <param name="Dimension">d; 0: direct training.</param>
/// <param name="Replicate">Which repetition.</param>
public readonly record struct TrialRequest(int Dimension, int Replicate);

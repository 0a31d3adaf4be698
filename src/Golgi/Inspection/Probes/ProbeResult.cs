using Golgi.Numerics.Statistics;

namespace Golgi.Inspection.Probes;

/// <summary>How well a linear classifier reads the classes off one layer.</summary>
/// <param name="Layer">Its dotted name; <c>input</c> for the prepared inputs themselves.</param>
/// <param name="Features">How many numbers per example the classifier saw, after pooling.</param>
/// <param name="Accuracy">On the held-out examples.</param>
/// <param name="TrainAccuracy">On the examples that it was fitted to, each left out in turn.</param>
/// <param name="Ridge">The penalty that was chosen, relative to the mean variance of a feature times the number of
/// examples.</param>
public sealed record ProbeResult(
    string Layer, long Features, Proportion Accuracy, Proportion TrainAccuracy, double Ridge);

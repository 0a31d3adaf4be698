namespace Golgi.Inspection;

/// <summary>One off-diagonal entry of a confusion matrix.</summary>
/// <param name="Label">The true class.</param>
/// <param name="Predicted">What it was taken for.</param>
/// <param name="Count">How often.</param>
public sealed record ConfusedPair(int Label, int Predicted, long Count);

namespace Golgi.Inspection;

/// <summary>An example that a network takes for something else.</summary>
/// <param name="Example">Its index in the set that was evaluated.</param>
/// <param name="Label">The class that it has.</param>
/// <param name="Predicted">The class that the network gives it.</param>
/// <param name="Confidence">The network's probability (softmax) for the class that it gives.</param>
/// <param name="LabelProbability">Its probability for the class that the example has.</param>
public sealed record Mistake(long Example, int Label, int Predicted, double Confidence, double LabelProbability);

using Golgi.Instruments.Tickets.Files;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>What came of learning a mask over untrained weights. Accuracies are on the test set, in [0, 1].</summary>
/// <param name="Learner">The method.</param>
/// <param name="Weights">What lay under the mask.</param>
/// <param name="Rescale">Whether layers were rescaled.</param>
/// <param name="Seed">Seed of the weights, the order of examples and the draws.</param>
/// <param name="Untrained">The network's accuracy before, without a mask.</param>
/// <param name="Sampled">Mean over masks that were drawn; null where the method draws none.</param>
/// <param name="SampledValues">Each of them.</param>
/// <param name="Rounded">Under the one mask that keeps what is kept with probability ½ or more (or the k largest).</param>
/// <param name="Expected">With each weight multiplied by its probability; null where there are none.</param>
/// <param name="Remaining">Fraction of weights that the one mask keeps.</param>
/// <param name="MeanProbability">Mean probability of a weight to be kept; null where there is none.</param>
/// <param name="Layers">Per layer, what the one mask keeps.</param>
/// <param name="MaskBytes">Size of the packed bits.</param>
/// <param name="EntropyBytes">Size under an ideal entropy code.</param>
/// <param name="Run">The run's name; what takes a network takes it.</param>
/// <param name="Seconds">Time spent training.</param>
public sealed record LearnedMask(
    MaskLearner Learner,
    TicketWeights Weights,
    bool Rescale,
    long Seed,
    double Untrained,
    double? Sampled,
    IReadOnlyList<double> SampledValues,
    double Rounded,
    double? Expected,
    double Remaining,
    double? MeanProbability,
    IReadOnlyList<LayerMask> Layers,
    long MaskBytes,
    double EntropyBytes,
    string Run,
    double Seconds)
{
    /// <summary>The ticket, as a file.</summary>
    /// <param name="runs">The folder of all runs.</param>
    public string TicketIn(string runs) => TicketFile.Of(runs, Run);
}

using Golgi.Instruments.Tickets.Files;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>One training of a search: the dense network, a ticket, or a control. Accuracies are on the test set, in [0, 1].</summary>
/// <param name="Variant"><c>dense</c>, <c>ticket</c>, <c>random</c> or <c>reinit</c>.</param>
/// <param name="Level">Rounds of pruning before it.</param>
/// <param name="Seed">The replicate's seed.</param>
/// <param name="Remaining">Fraction of the weights in scope that is kept.</param>
/// <param name="Accuracy">At the step with the lowest validation loss.</param>
/// <param name="FinalAccuracy">At the last step.</param>
/// <param name="Untrained">Before training: what mask and starting weights know alone.</param>
/// <param name="BestStep">The step with the lowest validation loss.</param>
/// <param name="SignFlips">Fraction of the kept weights whose sign the training changed.</param>
/// <param name="Layers">What each layer keeps.</param>
/// <param name="Collapsed">Layers of which nothing is left.</param>
/// <param name="Run">The run's name; what takes a network takes it.</param>
/// <param name="Seconds">Time for the level: training, evaluations, files.</param>
/// <param name="ComputeSeconds">Thereof in forward and backward passes of training.</param>
public sealed record TicketLevel(
    string Variant,
    int Level,
    long Seed,
    double Remaining,
    double Accuracy,
    double FinalAccuracy,
    double Untrained,
    long BestStep,
    double SignFlips,
    IReadOnlyList<LayerMask> Layers,
    IReadOnlyList<string> Collapsed,
    string Run,
    double Seconds,
    double ComputeSeconds)
{
    /// <summary>Seconds in whole steps of training: forward, backward, and reading, masking and stepping.</summary>
    public double StepSeconds { get; init; }

    /// <summary>Seconds in evaluations on the validation and test sets.</summary>
    public double EvaluationSeconds { get; init; }

    /// <summary>The trained ticket as a portable file.</summary>
    /// <param name="runs">The folder of all runs.</param>
    public string TicketIn(string runs) => TicketFile.Of(runs, Run);
}

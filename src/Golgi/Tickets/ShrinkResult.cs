namespace Golgi.Tickets;

/// <summary>A ticket's network before and after its dead units were removed.</summary>
/// <param name="Ticket">The ticket's file.</param>
/// <param name="Remaining">Fraction of weights that its mask keeps.</param>
/// <param name="Layers">What was removed.</param>
/// <param name="ParametersBefore">Weights and biases before, zeros included.</param>
/// <param name="ParametersAfter">And after.</param>
/// <param name="NonZeroBefore">Weights and biases that were not zero.</param>
/// <param name="LargestDifference">Of any output, over the test set.</param>
/// <param name="AccuracyBefore">Test accuracy before.</param>
/// <param name="AccuracyAfter">And after.</param>
/// <param name="Model">The smaller network's name, where the catalog has one; otherwise null.</param>
/// <param name="Weights">The file with its weights.</param>
public sealed record ShrinkResult(
    string Ticket,
    double Remaining,
    IReadOnlyList<ShrunkLayer> Layers,
    long ParametersBefore,
    long ParametersAfter,
    long NonZeroBefore,
    double LargestDifference,
    double AccuracyBefore,
    double AccuracyAfter,
    string? Model,
    string Weights);

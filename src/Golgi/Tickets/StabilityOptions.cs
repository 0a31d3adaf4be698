using Golgi.Numerics;
using Golgi.Training;
using Golgi.Weights;

namespace Golgi.Tickets;

/// <summary>How to look at a training's stability.</summary>
public sealed record StabilityOptions
{
    /// <summary>Steps at which the training forks into two orders of examples. Default: 0.</summary>
    public IReadOnlyList<long> Forks { get; init; } = [0];

    /// <summary>Points along the line between the two ends, both included. Default 11.</summary>
    public int Points { get => field; init => field = (int)Check.InRange(value, 2, 1000, nameof(Points)); } = 11;

    /// <summary>A barrier below this is stable. Default 0.02 (Frankle et al. 2020).</summary>
    public double Threshold { get => field; init => field = Check.Fraction(value, nameof(Threshold)); } = 0.02;

    /// <summary>Rounds of pruning at which the two ends' masks are compared. Default 1, 5, 10, 15.</summary>
    public IReadOnlyList<int> Powers { get; init; } = [1, 5, 10, 15];

    /// <summary>A ticket whose mask is trained instead of the whole network; null: the whole.</summary>
    public string? Ticket { get; init; }

    /// <summary>Which weights can be pruned. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;

    /// <summary>How the two are trained.</summary>
    public required TrainingRecipe Recipe { get; init; }
}

using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;

namespace Golgi.Ascent;

/// <summary>What an ascent does.</summary>
/// <param name="Objective">What is increased.</param>
/// <param name="Phases">One or more.</param>
public sealed record AscentPlan(Objective Objective, IReadOnlyList<AscentPhase> Phases)
{
    /// <summary>log p(x) of the probabilistic form, up to a constant: minus an energy; null: none. It draws where a phase has a
    /// <see cref="PriorDrift"/> among its drifts; see <see cref="Langevin"/>.</summary>
    public Objective? Prior { get; init; }

    /// <summary>Networks beside the specimen that objectives and drifts may ask, by name (see <see cref="ForwardPass.Through"/>). Borrowed.
    /// Default: none.</summary>
    public IReadOnlyDictionary<string, FrozenSpecimen>? Networks { get; init; }

    /// <summary>The number of the first picture among all that are made: a picture's noise depends on its own number, not
    /// on the batch. Default 0.</summary>
    public int First { get; init; }

    /// <summary>The height and width that the network sees at a time, for canvases that grow; null: the whole
    /// canvas.</summary>
    public (long Height, long Width)? Window { get; init; }
}

using Golgi.Foundation;

namespace Golgi.Training.Optimizers;

/// <summary>Settings of <see cref="Sgd"/>.</summary>
public sealed record SgdOptions
{
    /// <summary>η. Default 0.1.</summary>
    public double LearningRate { get => field; init => field = Check.NotNegative(value, nameof(LearningRate)); } = 0.1;

    /// <summary>μ in [0, 1]; 0 keeps no velocity. Default 0.</summary>
    public double Momentum { get => field; init => field = Check.Fraction(value, nameof(Momentum)); }

    /// <summary>λ, added to the gradient as λ φ. Default 0.</summary>
    public double WeightDecay { get => field; init => field = Check.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Nesterov's look-ahead; has no effect without momentum. Default false.</summary>
    public bool Nesterov { get; init; }
}

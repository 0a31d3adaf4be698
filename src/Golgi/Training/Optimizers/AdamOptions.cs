using Golgi.Foundation;

namespace Golgi.Training.Optimizers;

/// <summary>Settings of <see cref="Adam"/>. Defaults: Kingma and Ba 2015.</summary>
public sealed record AdamOptions
{
    /// <summary>η. Default 0.001.</summary>
    public double LearningRate { get => field; init => field = Check.NotNegative(value, nameof(LearningRate)); } = 1e-3;

    /// <summary>β₁, decay of the mean, in [0, 1). Default 0.9.</summary>
    public double Beta1 { get => field; init => field = Check.InRange(value, 0, 1 - 1e-12, nameof(Beta1)); } = 0.9;

    /// <summary>β₂, decay of the mean square, in [0, 1). Default 0.999.</summary>
    public double Beta2 { get => field; init => field = Check.InRange(value, 0, 1 - 1e-12, nameof(Beta2)); } = 0.999;

    /// <summary>ε, keeps the quotient finite where no gradient came yet. Default 1e-8.</summary>
    public double Epsilon { get => field; init => field = Check.Positive(value, nameof(Epsilon)); } = 1e-8;

    /// <summary>λ. Default 0.</summary>
    public double WeightDecay { get => field; init => field = Check.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>Decay applied to the weights and not to the gradient: AdamW. Default false.</summary>
    public bool Decoupled { get; init; }
}

using System.Text.Json.Serialization;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>A kind of optimizer, with the settings that people change.</summary>
public sealed record OptimizerChoice
{
    /// <summary>The method. Default: Adam.</summary>
    [JsonPropertyName("name")]
    public OptimizerKind Kind { get; init; } = OptimizerKind.Find("adam");

    /// <summary>Learning rate, above 0. Default 0.001.</summary>
    public double LearningRate { get => field; init => field = Check.Positive(value, nameof(LearningRate)); } = 1e-3;

    /// <summary>Momentum of <c>sgd</c>, in [0, 1]. Default 0.9.</summary>
    public double Momentum { get => field; init => field = Check.Fraction(value, nameof(Momentum)); } = 0.9;

    /// <summary>Nesterov's look-ahead for <c>sgd</c>. Default false.</summary>
    public bool Nesterov { get; init; }

    /// <summary>Weight decay: in the gradient for <c>sgd</c> and <c>adam</c>, decoupled for <c>adamw</c>. Default 0.</summary>
    public double WeightDecay { get => field; init => field = Check.NotNegative(value, nameof(WeightDecay)); }

    /// <summary>β₂ of <c>adam</c> and <c>adamw</c>. Default 0.999.</summary>
    public double Beta2 { get => field; init => field = Check.InRange(value, 0, 1 - 1e-12, nameof(Beta2)); } = 0.999;

    /// <summary>Makes the optimizer.</summary>
    /// <param name="coordinates">What it changes. Borrowed.</param>
    /// <param name="gradient">Its gradient. Borrowed.</param>
    /// <returns>The caller owns it.</returns>
    public Optimizer Create(Tensor coordinates, Tensor gradient) => Kind.Create(coordinates, gradient, this);
}

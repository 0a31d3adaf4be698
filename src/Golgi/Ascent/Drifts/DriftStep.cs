using Golgi.Ascent.Objectives;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Drifts;

/// <summary>What a drift may know of a step.</summary>
/// <remarks>All tensors belong to the step and die with it.</remarks>
public sealed class DriftStep
{
    private readonly IReadOnlyList<PhiloxReader> noise;

    internal DriftStep(ForwardPass pass, Tensor gradient, Objective? prior, IReadOnlyList<PhiloxReader> noise, double fraction)
    {
        Pass = pass;
        Gradient = gradient;
        Prior = prior;
        Fraction = fraction;
        this.noise = noise;
    }

    /// <summary>What the networks say of the pictures, and the coordinates.</summary>
    public ForwardPass Pass { get; }

    /// <summary>The gradient of the objective that is climbed, [N, ...], as the coordinates.</summary>
    public Tensor Gradient { get; }

    /// <summary>log p(x) up to a constant; null: none is stated. See <see cref="AscentPlan.Prior"/>.</summary>
    public Objective? Prior { get; }

    /// <summary>How far the phase is, from 0 to 1.</summary>
    public double Fraction { get; }

    /// <summary>The gradient of another objective with respect to the coordinates, [N, ...].</summary>
    public Tensor GradientOf(Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        using var _ = enable_grad();
        return autograd.grad([objective.Score(Pass).sum()], [Pass.Coordinates], retain_graph: true)[0];
    }

    /// <summary>Standard normal numbers, [N, ...], as the coordinates: each picture's own, whatever the batch is; others with each call.</summary>
    public Tensor Noise()
    {
        long[] shape = Pass.Coordinates.shape;
        float[] drawn = new float[shape.Aggregate(1L, (a, b) => a * b)];
        int each = drawn.Length / noise.Count;
        for (int n = 0; n < noise.Count; n++)
        {
            var picture = new Philox(((ulong)noise[n].NextBits() << 32) | noise[n].NextBits());
            picture.FillNormal(drawn.AsSpan(n * each, each));
        }

        return tensor(drawn, shape).to(Gradient.dtype).to(Gradient.device);
    }
}

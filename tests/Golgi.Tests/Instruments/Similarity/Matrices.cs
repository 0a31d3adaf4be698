using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity;

/// <summary>Small data with known relations, from seeds.</summary>
internal static class Matrices
{
    /// <summary>Independent standard normal numbers, float64.</summary>
    public static Tensor Normal(ulong seed, params long[] shape)
    {
        var reader = new Philox(seed, 7).Reader();
        long count = shape.Aggregate(1L, (a, b) => a * b);
        return tensor([.. Enumerable.Range(0, (int)count).Select(_ => reader.NextNormal())], ScalarType.Float64).reshape(shape);
    }

    /// <summary>Two layers that share some hidden signals, with offsets.</summary>
    public static (Tensor Left, Tensor Right) Related(ulong seed, long samples = 200, long left = 9, long right = 6, long shared = 3)
    {
        var signals = Normal(seed, samples, shared);
        return (signals.mm(Normal(seed + 1, shared, left)) + (0.5 * Normal(seed + 2, samples, left)) + 3,
            signals.mm(Normal(seed + 3, shared, right)) + (0.5 * Normal(seed + 4, samples, right)) - 1);
    }

    /// <summary>A random orthogonal matrix.</summary>
    public static Tensor Orthogonal(ulong seed, long size) => linalg.qr(Normal(seed, size, size)).Q;

    /// <summary>A well-conditioned invertible matrix that is not orthogonal.</summary>
    public static Tensor Invertible(ulong seed, long size) =>
        Orthogonal(seed, size).mm(diag(linspace(0.5, 3, size, ScalarType.Float64))).mm(Orthogonal(seed + 1, size));
}

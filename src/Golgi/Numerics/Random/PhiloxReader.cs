using Golgi.Foundation;
using Golgi.Numerics.LinearAlgebra;

namespace Golgi.Numerics.Random;

/// <summary>Reads a <see cref="Philox"/> stream one number after another. Not safe for use from two threads.</summary>
/// <param name="source">The stream; it is not changed.</param>
public sealed class PhiloxReader(Philox source)
{
    private readonly uint[] buffer = new uint[64];
    private ulong position;

    /// <summary>The next 32 random bits.</summary>
    public uint NextBits()
    {
        int at = (int)(position % (ulong)buffer.Length);
        if (at == 0) source.Fill(buffer, position);
        position++;
        return buffer[at];
    }

    /// <summary>A number in [0, 1) with 32 random bits.</summary>
    public double NextDouble() => NextBits() * (1.0 / 4294967296.0);

    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Uniform(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A whole number in [0, <paramref name="bound"/>), without bias (rejection).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not above 0.</exception>
    public int Next(int bound)
    {
        Check.Positive(bound);
        uint limit = uint.MaxValue - (uint.MaxValue % (uint)bound); // a multiple of bound
        uint bits = NextBits();
        while (bits >= limit) bits = NextBits();
        return (int)(bits % (uint)bound);
    }

    /// <summary>A draw from the standard normal distribution (Box and Muller 1958; one of the pair), the same bits on every machine.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * ExactMath.Log((NextBits() + 1.0) * (1.0 / 4294967296.0)));
        return radius * ExactMath.CosineOfTurn(NextBits());
    }
}

namespace Golgi.Numerics.Random;

/// <summary>The generator MT19937, seeded and read as NumPy's legacy generator is, whose draws ONNX's reference results hold.</summary>
/// <remarks>Matsumoto and Nishimura 1998. Not safe for several threads.</remarks>
internal sealed class MersenneTwister
{
    private const int Size = 624, Shift = 397;

    private readonly uint[] state = new uint[Size];
    private int next = Size;

    public MersenneTwister(uint seed)
    {
        state[0] = seed;
        for (uint i = 1; i < Size; i++) state[i] = (1812433253u * (state[i - 1] ^ (state[i - 1] >> 30))) + i;
    }

    /// <summary>Uniform in [0, 1), of 53 bits.</summary>
    public double Uniform() => (((Word() >> 5) * 67108864.0) + (Word() >> 6)) / 9007199254740992.0;

    private uint Word()
    {
        if (next == Size) Twist();
        uint y = state[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        for (int i = 0; i < Size; i++)
        {
            uint y = (state[i] & 0x80000000u) | (state[(i + 1) % Size] & 0x7fffffffu);
            state[i] = state[(i + Shift) % Size] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0dfu);
        }

        next = 0;
    }
}

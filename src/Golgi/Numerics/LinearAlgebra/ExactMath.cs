using System.Runtime.Intrinsics;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>
/// Logarithm, logistic function, sine and cosine from additions, multiplications, divisions and square roots alone, each rounded as IEEE 754
/// prescribes and never contracted, so that results have the same bits on every processor and operating system. The
/// platform's own library functions differ in their last digits.
/// </summary>
internal static class ExactMath
{
    private const double Ln2 = 0.6931471805599453, QuarterTurn = 1.5707963267948966;

    /// <summary>ln x, for positive normal x. Relative error below 1e-15.</summary>
    /// <remarks>x = 2ᵉ m with m in [√½, √2); ln m = 2 artanh s, s = (m − 1)/(m + 1), |s| below 0.172.</remarks>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        long exponent = (bits - 0x3FE6A09E667F3BCD) >> 52;
        double m = BitConverter.Int64BitsToDouble(bits - (exponent << 52));
        double s = (m - 1) / (m + 1), z = s * s;
        double series = 0;
        for (int k = 19; k >= 1; k -= 2) series = (series * z) + (2.0 / k);
        return (exponent * Ln2) + (s * series);
    }

    /// <summary>cos 2π(bits/2³² + ⅛): the cosine of a random turn. The eighth does not matter to a uniform angle.</summary>
    public static double CosineOfTurn(uint bits)
    {
        double angle = (((int)(bits & 0x3FFFFFFF) - 536870912.0 + 0.5) / 1073741824.0) * QuarterTurn; // in (-π/4, π/4)
        double z = angle * angle;
        double cosine = 0, sine = 0;
        for (int k = 18; k >= 2; k -= 2) cosine = (1 - cosine) * z / (k * (k - 1));
        for (int k = 19; k >= 3; k -= 2) sine = (1 - sine) * z / (k * (k - 1));
        cosine = 1 - cosine;
        sine = angle * (1 - sine);
        return (bits >> 30) switch { 0 => cosine, 1 => -sine, 2 => -cosine, _ => sine };
    }

    /// <summary>Eight pairs of independent standard normal numbers from sixteen random words (Box and Muller 1958).</summary>
    /// <param name="radius">Words that give the radius; all 32 bits count, so that tails reach 6.7.</param>
    /// <param name="turn">Words that give the angle.</param>
    public static (Vector256<float> First, Vector256<float> Second) Normals(Vector256<uint> radius, Vector256<uint> turn)
    {
        var high = Vector256.ConvertToSingle((radius >>> 8).AsInt32()) * (1f / 16777216f);
        var low = (Vector256.ConvertToSingle((radius & Vector256.Create(255u)).AsInt32()) + Vector256.Create(0.5f)) * (1f / 4294967296f);
        var length = Vector256.Sqrt(Log(high + low) * -2f);

        var offset = ((turn & Vector256.Create(0x3FFFFFFFu)) >>> 6).AsInt32() - Vector256.Create(8388608);
        var angle = (Vector256.ConvertToSingle(offset) + Vector256.Create(0.5f)) * (1f / 16777216f) * (float)QuarterTurn;
        var (cosine, sine) = CosineAndSine(angle);
        var quarter = turn >>> 30;
        var swap = Vector256.Equals(quarter & Vector256.Create(1u), Vector256.Create(1u)).AsSingle();
        var signOfFirst = ((quarter + Vector256.Create(1u)) & Vector256.Create(2u)) << 30; // quarters 1 and 2
        var signOfSecond = (quarter & Vector256.Create(2u)) << 30;                         // quarters 2 and 3
        var first = Vector256.ConditionalSelect(swap, sine, cosine) * length;
        var second = Vector256.ConditionalSelect(swap, cosine, sine) * length;
        return ((first.AsUInt32() ^ signOfFirst).AsSingle(), (second.AsUInt32() ^ signOfSecond).AsSingle());
    }

    /// <summary>1 / (1 + e⁻ˣ) of eight numbers; absolute error below 2e-7. Below −87 and above 87 it is the value there.</summary>
    /// <remarks>e⁻ˣ = 2ⁿ eʳ with |r| at most ln 2 / 2 and Taylor's polynomial for eʳ.</remarks>
    public static Vector256<float> Sigmoid(Vector256<float> x)
    {
        const float inverseLn2 = 1.44269504f, ln2High = 0.693359375f, ln2Low = -2.12194440e-4f; // the first product is exact
        var nearest = Vector256.Create(12582912f);                                              // 1.5 · 2²³: adding it rounds to a whole number
        var exponent = -Vector256.Min(Vector256.Max(x, Vector256.Create(-87f)), Vector256.Create(87f));
        var shifted = (exponent * inverseLn2) + nearest;
        var n = shifted - nearest;
        var r = exponent - (n * ln2High) - (n * ln2Low);
        var series = Vector256.Create(1f / 720);
        series = (series * r) + Vector256.Create(1f / 120);
        series = (series * r) + Vector256.Create(1f / 24);
        series = (series * r) + Vector256.Create(1f / 6);
        series = (series * r) + Vector256.Create(0.5f);
        series = (series * r) + Vector256<float>.One;
        series = (series * r) + Vector256<float>.One;
        var power = (series.AsInt32() + (shifted.AsInt32() << 23)).AsSingle();                  // times 2ⁿ, in the exponent's bits
        return Vector256<float>.One / (Vector256<float>.One + power);
    }

    private static Vector256<float> Log(Vector256<float> x)
    {
        var bits = x.AsInt32();
        var exponent = (bits - Vector256.Create(0x3F3504F3)) >> 23;
        var m = (bits - (exponent << 23)).AsSingle();
        var s = (m - Vector256<float>.One) / (m + Vector256<float>.One);
        var z = s * s;
        var series = Vector256.Create(2f / 9);
        series = (series * z) + Vector256.Create(2f / 7);
        series = (series * z) + Vector256.Create(2f / 5);
        series = (series * z) + Vector256.Create(2f / 3);
        series = (series * z) + Vector256.Create(2f);
        return (Vector256.ConvertToSingle(exponent) * (float)Ln2) + (s * series);
    }

    private static (Vector256<float> Cosine, Vector256<float> Sine) CosineAndSine(Vector256<float> angle)
    {
        var z = angle * angle;
        var sine = Vector256.Create(1f / 362880);
        sine = (sine * z) - Vector256.Create(1f / 5040);
        sine = (sine * z) + Vector256.Create(1f / 120);
        sine = (sine * z) - Vector256.Create(1f / 6);
        sine = (sine * z) + Vector256<float>.One;
        var cosine = Vector256.Create(-1f / 3628800);
        cosine = (cosine * z) + Vector256.Create(1f / 40320);
        cosine = (cosine * z) - Vector256.Create(1f / 720);
        cosine = (cosine * z) + Vector256.Create(1f / 24);
        cosine = (cosine * z) - Vector256.Create(0.5f);
        cosine = (cosine * z) + Vector256<float>.One;
        return (cosine, sine * angle);
    }
}

using System.Buffers.Binary;
using Golgi.Foundation;

namespace Golgi.Instruments.Dimension.Files;

/// <summary>How coordinates are written into few bytes: <c>32</c>, <c>16</c> or <c>8</c> bits each, or <c>codebook:K</c>, the nearest of K
/// values.</summary>
public sealed record CoordinateCode
{
    private const int Rounds = 50;

    private CoordinateCode(int bits, int levels) => (Bits, Levels) = (bits, levels);

    /// <summary>Bits for each coordinate.</summary>
    public int Bits { get; }

    /// <summary>K of a codebook; 0 for plain numbers.</summary>
    public int Levels { get; }

    /// <summary>Reads <c>32</c>, <c>16</c>, <c>8</c> or <c>codebook:K</c> with K from 2 to 256.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static CoordinateCode Parse(string text) => text switch
    {
        "32" or "16" or "8" => new CoordinateCode(int.Parse(text, System.Globalization.CultureInfo.InvariantCulture), 0),
        _ when text?.StartsWith("codebook:", StringComparison.Ordinal) == true && int.TryParse(text["codebook:".Length..], out int k) =>
            Codebook((int)Check.InRange((long)k, 2, 256, "the codebook's size")),
        _ => throw new ArgumentException($"'{text}' is no code for coordinates; write 32, 16, 8 or codebook:K.", nameof(text)),
    };

    /// <summary>A codebook of K values.</summary>
    internal static CoordinateCode Codebook(int levels) => new((int)Math.Ceiling(Math.Log2(levels)), levels);

    /// <summary>The one byte that names the code in a file: 0, 1, 2 for 32, 16, 8 bits; K + 1 is in the next byte for codebooks, 3.</summary>
    internal byte Tag => (Bits, Levels) switch { (_, > 0) => 3, (32, _) => 0, (16, _) => 1, _ => 2 };

    /// <summary>The code of a <see cref="Tag"/>.</summary>
    internal static CoordinateCode? FromTag(byte tag, int levels) => tag switch
    {
        0 => new CoordinateCode(32, 0),
        1 => new CoordinateCode(16, 0),
        2 => new CoordinateCode(8, 0),
        3 when levels >= 2 => Codebook(levels),
        _ => null,
    };

    /// <summary>How many bytes d coordinates take, with scale or codebook.</summary>
    public int Size(int dimension) => Levels > 0
        ? (4 * Levels) + (((dimension * Bits) + 7) / 8)
        : (dimension * Bits / 8) + (Bits == 8 ? 4 : 0);

    /// <summary>Writes coordinates.</summary>
    /// <param name="coordinates">Finite numbers.</param>
    /// <returns><see cref="Size"/> bytes, little endian.</returns>
    /// <exception cref="ArgumentException">A coordinate is not finite, or too large for 16 bits.</exception>
    public byte[] Encode(ReadOnlySpan<float> coordinates)
    {
        float limit = Bits == 16 && Levels == 0 ? 65_504 : float.MaxValue;
        foreach (float value in coordinates)
        {
            if (!(Math.Abs(value) <= limit)) throw new ArgumentException($"A coordinate is {value}; it must lie within ±{limit} to be written.");
        }

        byte[] bytes = new byte[Size(coordinates.Length)];
        if (Levels > 0) EncodeByCodebook(coordinates, bytes);
        else if (Bits == 8) EncodeByScale(coordinates, bytes);
        else
        {
            for (int i = 0; i < coordinates.Length; i++)
            {
                if (Bits == 32) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * i), coordinates[i]);
                else BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), (Half)coordinates[i]);
            }
        }

        return bytes;
    }

    /// <summary>Reads coordinates back: the same bits on every machine.</summary>
    /// <param name="bytes">What <see cref="Encode"/> returned.</param>
    /// <param name="dimension">d.</param>
    public float[] Decode(ReadOnlySpan<byte> bytes, int dimension)
    {
        float[] coordinates = new float[dimension];
        for (int i = 0; i < dimension; i++)
        {
            coordinates[i] = Tag switch
            {
                0 => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..]),
                1 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..]),
                2 => BinaryPrimitives.ReadSingleLittleEndian(bytes) * (sbyte)bytes[4 + i],
                _ => BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * ReadBits(bytes[(4 * Levels)..], i))..]),
            };
        }

        return coordinates;
    }

    /// <summary>The information in the coordinates, in bits: for a codebook d times the entropy of its use, plus the codebook itself.</summary>
    /// <param name="bytes">What <see cref="Encode"/> returned.</param>
    /// <param name="dimension">d.</param>
    public double Information(ReadOnlySpan<byte> bytes, int dimension)
    {
        if (Levels == 0) return 8.0 * bytes.Length;
        int[] counts = new int[Levels];
        for (int i = 0; i < dimension; i++) counts[ReadBits(bytes[(4 * Levels)..], i)]++;
        double entropy = counts.Where(count => count > 0).Sum(count => count * Math.Log2((double)dimension / count));
        return entropy + (32.0 * Levels);
    }

    /// <inheritdoc/>
    public override string ToString() => Levels > 0 ? $"codebook:{Levels}" : $"{Bits}";

    private static void EncodeByScale(ReadOnlySpan<float> coordinates, byte[] bytes)
    {
        float largest = 0;
        foreach (float value in coordinates) largest = Math.Max(largest, Math.Abs(value));
        float scale = largest > 0 ? largest / 127 : 1;
        BinaryPrimitives.WriteSingleLittleEndian(bytes, scale);
        for (int i = 0; i < coordinates.Length; i++) bytes[4 + i] = (byte)(sbyte)Math.Clamp(MathF.Round(coordinates[i] / scale), -127, 127);
    }

    private void EncodeByCodebook(ReadOnlySpan<float> coordinates, byte[] bytes)
    {
        float[] book = Lloyd(coordinates);
        for (int k = 0; k < Levels; k++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(4 * k), book[k]);
        for (int i = 0; i < coordinates.Length; i++) WriteBits(bytes.AsSpan(4 * Levels), i, Closest(book, coordinates[i]));
    }

    /// <summary>K means in one dimension (Lloyd's iterations), from evenly spaced quantiles.</summary>
    private float[] Lloyd(ReadOnlySpan<float> coordinates)
    {
        float[] sorted = coordinates.ToArray();
        Array.Sort(sorted);
        float[] book = [.. Enumerable.Range(0, Levels).Select(k => sorted[(int)((k + 0.5) / Levels * sorted.Length)])];
        for (int round = 0; round < Rounds; round++)
        {
            double[] sums = new double[Levels];
            int[] counts = new int[Levels];
            foreach (float value in sorted)
            {
                int k = Closest(book, value);
                sums[k] += value;
                counts[k]++;
            }

            for (int k = 0; k < Levels; k++) book[k] = counts[k] > 0 ? (float)(sums[k] / counts[k]) : book[k];
        }

        return book;
    }

    private static int Closest(float[] book, float value)
    {
        int best = 0;
        for (int k = 1; k < book.Length; k++)
        {
            if (Math.Abs(book[k] - value) < Math.Abs(book[best] - value)) best = k;
        }

        return best;
    }

    private void WriteBits(Span<byte> bytes, int index, int value)
    {
        for (int b = 0; b < Bits; b++)
        {
            int at = (index * Bits) + b;
            bytes[at / 8] |= (byte)(((value >> b) & 1) << (at % 8));
        }
    }

    private int ReadBits(ReadOnlySpan<byte> bytes, int index)
    {
        int value = 0;
        for (int b = 0; b < Bits; b++)
        {
            int at = (index * Bits) + b;
            value |= ((bytes[at / 8] >> (at % 8)) & 1) << b;
        }

        return value;
    }
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data.Generators;

/// <summary>The built-in data set: ten classes of digits drawn as pen strokes, 28x28 grey, as many as wanted. Every
/// shape is one of several ways of writing the digit, deformed affinely and elastically, drawn with a pen of its own
/// width, with noise.</summary>
/// <remarks>Digit i of a part is a function of (seed, part, i) alone and has the same bytes on every machine: the
/// random numbers are Philox's and the drawing uses only operations that IEEE 754 rounds in one way.</remarks>
public static class Strokes
{
    /// <summary>Changes whenever the drawing does; part of the data set's identity.</summary>
    public const int Version = 1;

    /// <summary>SHA-256 of the first thousand training digits of seed 0: their bytes, then their labels as bytes. The
    /// same on every machine.</summary>
    public const string FirstThousandSha256 = "3b44bd93b40541835c27f1f48c21103bc2601f9cbf5e76f16816e450db32a54d";

    private const int PartShift = 40; // a part may have 2^40 digits
    private const int Chunk = 256;

    /// <summary>Draws digits.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <param name="seed">Another seed gives other digits.</param>
    /// <param name="part">Parts of one seed share no digit: 0 for training, 1 for validation, 2 for testing.</param>
    /// <returns>uint8 [count, 1, 28, 28] with labels 0..9; the caller owns it.</returns>
    /// <remarks>Costs about 20 µs a digit and core.</remarks>
    public static TensorExamples Draw(int count, long seed, int part, CancellationToken cancellation = default)
    {
        Check.Positive(count);
        Check.InRange(part, 0, (1 << 23) - 1);
        const int pixels = DigitPen.Side * DigitPen.Side;
        byte[] images = new byte[checked((long)count * pixels)];
        long[] labels = new long[count];
        int chunks = (count + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { CancellationToken = cancellation }, chunk =>
        {
            var pen = new DigitPen();
            for (int i = chunk * Chunk; i < Math.Min(count, (chunk + 1) * Chunk); i++)
            {
                ulong stream = ((ulong)part << PartShift) | (uint)i;
                labels[i] = pen.Draw((ulong)seed, stream, images.AsSpan(i * pixels, pixels));
            }
        });

        using var scope = NewDisposeScope();
        return new TensorExamples(tensor(images, [count, 1, DigitPen.Side, DigitPen.Side], ScalarType.Byte), tensor(labels, ScalarType.Int64));
    }
}

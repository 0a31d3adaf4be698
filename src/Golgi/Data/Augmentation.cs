using System.Globalization;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Random changes of training images that leave their class alone. What happens to image i of step t is a
/// function of (seed, t, i), so that a resumed training sees the same images again.</summary>
public sealed record Augmentation
{
    private const double UsualFlip = 0.5;
    private const int UsualCrop = 4, UsualShift = 2;
    private const int WordsPerImage = 4; // flip, two offsets of the crop, and one that gives both offsets of the shift

    /// <summary>Images as they are.</summary>
    public static Augmentation None { get; } = new();

    /// <summary>What CIFAR-10's residual networks are trained with: flip, and crops after padding by 4 (He et al.
    /// 2016, section 4.2).</summary>
    public static Augmentation Cifar { get; } = new() { FlipProbability = UsualFlip, Crop = UsualCrop };

    /// <summary>Probability with which an image is mirrored left to right. Default 0.</summary>
    public double FlipProbability { get; init => field = Check.Fraction(value, nameof(FlipProbability)); }

    /// <summary>Pixels of black (raw 0) added on each side before an image of the old size is cut out anywhere.
    /// Default 0.</summary>
    public int Crop { get; init => field = (int)Check.InRange(value, 0, 1024, nameof(Crop)); }

    /// <summary>Pixels by which an image is moved at most in each direction; its edge pixels are repeated. Default
    /// 0.</summary>
    public int Shift { get; init => field = (int)Check.InRange(value, 0, 1024, nameof(Shift)); }

    /// <summary>Reads what <see cref="ToString"/> writes: <c>none</c>, or parts joined by a plus: <c>flip+crop</c>,
    /// <c>flip:0.3+crop:6+shift:1</c>. Without a number: a flip with probability ½, crops after padding by 4, shifts by
    /// up to 2.</summary>
    /// <exception cref="ArgumentException">A part is unknown or its number nonsense.</exception>
    public static Augmentation Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text == "none") return None;
        var result = None;
        foreach (string part in text.Split('+', StringSplitOptions.TrimEntries))
        {
            string[] halves = part.Split(':', 2);
            Check.Known(halves[0], ["flip", "crop", "shift", "none"], "augmentation", nameof(text));
            result = halves[0] switch
            {
                "flip" => result with { FlipProbability = Number(part, halves, UsualFlip) },
                "crop" => result with { Crop = Pixels(part, halves, UsualCrop) },
                "shift" => result with { Shift = Pixels(part, halves, UsualShift) },
                _ => throw new ArgumentException($"'{text}' says none and something else; write one or the other.", nameof(text)),
            };
        }

        return result;
    }

    /// <summary>Changes a batch of raw images.</summary>
    /// <param name="rawBatch">uint8 or floating point, [N, C, H, W], on any device.</param>
    /// <param name="seed">Of the training run.</param>
    /// <param name="step">Of the training run: another step, other changes.</param>
    /// <returns>The same type, shape and device, always a fresh tensor; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The batch is not [N, C, H, W].</exception>
    public Tensor Apply(Tensor rawBatch, ulong seed, long step)
    {
        using var scope = NewDisposeScope();
        Check.Shape(rawBatch, "[N, C, H, W]");
        if (this == None) return rawBatch.clone().MoveToOuterDisposeScope();

        int count = (int)rawBatch.shape[0], height = (int)rawBatch.shape[2], width = (int)rawBatch.shape[3];
        var (places, inside) = Places(new Philox(seed, (ulong)step), count, height, width);
        var index = tensor(places, [count, 1, (long)height * width], ScalarType.Int64, rawBatch.device);
        var moved = rawBatch.flatten(2).gather(2, index.expand(-1, rawBatch.shape[1], -1));  // [N, C, H W]
        if (Crop > 0)
        {
            moved.mul_(tensor(inside, [count, 1, (long)height * width], ScalarType.Byte, rawBatch.device).to(moved.dtype));
        }

        return moved.reshape(rawBatch.shape).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var parts = new List<string>();
        if (FlipProbability > 0) parts.Add(Written("flip", FlipProbability, UsualFlip));
        if (Crop > 0) parts.Add(Written("crop", Crop, UsualCrop));
        if (Shift > 0) parts.Add(Written("shift", Shift, UsualShift));
        return parts.Count == 0 ? "none" : string.Join('+', parts);
    }

    /// <summary>For each pixel of each result the number of the pixel that comes there, and whether there is
    /// one.</summary>
    private (long[] Places, byte[] Inside) Places(Philox philox, int count, int height, int width)
    {
        uint[] words = new uint[WordsPerImage * count];
        philox.Fill(words);
        long[] places = new long[(long)count * height * width];
        byte[] inside = new byte[places.Length];
        for (int image = 0; image < count; image++)
        {
            var word = words.AsSpan(image * WordsPerImage, WordsPerImage);
            bool flip = word[0] * (1 / 4294967296.0) < FlipProbability;
            int cropY = Offset(word[1], Crop), cropX = Offset(word[2], Crop);
            int shiftY = Offset(word[3] << 16, Shift), shiftX = Offset(word[3] & 0xFFFF0000, Shift);
            for (int y = 0; y < height; y++)
            {
                int fromY = Math.Clamp(y + shiftY, 0, height - 1) + cropY;
                int row = ((image * height) + y) * width, fromRow = Math.Clamp(fromY, 0, height - 1) * width;
                for (int x = 0; x < width; x++)
                {
                    int fromX = Math.Clamp((flip ? width - 1 - x : x) + shiftX, 0, width - 1) + cropX;
                    places[row + x] = fromRow + Math.Clamp(fromX, 0, width - 1);
                    inside[row + x] = (uint)fromX < (uint)width && (uint)fromY < (uint)height ? (byte)1 : (byte)0;
                }
            }
        }

        return (places, inside);
    }

    /// <summary>A whole number in [-most, most].</summary>
    private static int Offset(uint word, int most) => (int)(((ulong)word * (ulong)((2 * most) + 1)) >> 32) - most;

    private static string Written(string name, double value, double usual) =>
        value == usual ? name : string.Create(CultureInfo.InvariantCulture, $"{name}:{value}");

    private static double Number(string part, string[] halves, double usual)
    {
        if (halves.Length == 1) return usual;
        return double.TryParse(halves[1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"'{part}' has no number that makes sense; write, for instance, flip:0.5, crop:4 or shift:2.");
    }

    private static int Pixels(string part, string[] halves, int usual) =>
        Number(part, halves, usual) is var value && value == Math.Floor(value) && value <= 1024
            ? (int)value
            : throw new ArgumentException($"'{part}' must name a whole number of pixels up to 1024, as in crop:4.");
}

using Golgi.Foundation;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>What happens to raw inputs before a network sees them: x ← (x · scale − mean) / std, per channel; images may be
/// brought to a size, cut to their center and have their channels reversed first.</summary>
public sealed record Preprocessing
{
    /// <summary>Pixels to [0, 1] and nothing else.</summary>
    public static Preprocessing UnitRange { get; } = new();

    /// <summary>Raw values unchanged, as float32: for tables whose features are ready.</summary>
    public static Preprocessing None { get; } = new() { Scale = 1 };

    /// <summary>Factor on raw values, applied first. Default 1/255: pixels to [0, 1].</summary>
    public double Scale { get => field; init => field = Check.Positive(value, nameof(Scale)); } = 1.0 / 255;

    /// <summary>Mean per channel (or per feature, or per value of an example: a mean image), in units after <see cref="Scale"/>; empty: 0; one
    /// value: for all.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Standard deviation per channel (or per feature), likewise; empty: 1.</summary>
    public IReadOnlyList<double> Std { get; init; } = [];

    /// <summary>The shorter side that images are brought to first, bilinearly; 0: they stay as they are.</summary>
    public int ShorterSide { get => field; init => field = (int)Check.InRange(value, 0, 1 << 14, nameof(ShorterSide)); }

    /// <summary>Height and width of the square that is cut from an image's center; 0: nothing is cut.</summary>
    public int Crop { get => field; init => field = (int)Check.InRange(value, 0, 1 << 14, nameof(Crop)); }

    /// <summary>The order of channels that the network expects; raw images are RGB. <see cref="Mean"/> and <see cref="Std"/> are in this
    /// order.</summary>
    public ChannelOrder Channels { get; init; } = ChannelOrder.Rgb;

    /// <summary>Prepares a batch.</summary>
    /// <param name="raw">uint8 or float32, [N, C, ...] on any device.</param>
    /// <returns>float32, the same device, and the same shape unless images are resized or cropped; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There are neither 1, nor C, nor as many means or deviations as values in an example;
    /// or images are smaller than the crop.</exception>
    public Tensor Apply(Tensor raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        using var scope = NewDisposeScope();
        var x = Framed(raw).to(ScalarType.Float32, copy: Channels != ChannelOrder.Bgr); // swapped channels are a copy already
        if (Scale != 1) x.mul_(Scale);
        if (Mean.Count > 0) x.sub_(PerChannel(Mean, x, nameof(Mean)));
        if (Std.Count > 0) x.div_(PerChannel(Std, x, nameof(Std)));
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The inverse: from what a network sees back to raw values, float32, not rounded. What was cropped or resized stays so.</summary>
    /// <param name="prepared">float32 [N, C, ...].</param>
    /// <returns>The same shape; the caller owns it.</returns>
    public Tensor Invert(Tensor prepared)
    {
        using var scope = NewDisposeScope();
        var x = prepared.clone();
        if (Std.Count > 0) x.mul_(PerChannel(Std, x, nameof(Std)));
        if (Mean.Count > 0) x.add_(PerChannel(Mean, x, nameof(Mean)));
        x.div_(Scale);
        return (Channels == ChannelOrder.Bgr ? x.flip(1) : x).MoveToOuterDisposeScope();
    }

    // Size, crop and channel order: what needs no arithmetic on values.
    private Tensor Framed(Tensor raw)
    {
        var x = raw;
        if (ShorterSide > 0 && Math.Min(x.shape[^2], x.shape[^1]) is var shorter && shorter != ShorterSide)
        {
            long[] size = [Scaled(x.shape[^2]), Scaled(x.shape[^1])];
            x = nn.functional.interpolate(x.to(ScalarType.Float32), size, mode: InterpolationMode.Bilinear, align_corners: false);
            long Scaled(long side) => (long)Math.Round((double)side * ShorterSide / shorter);
        }

        if (Crop > 0 && (x.shape[^2] != Crop || x.shape[^1] != Crop))
        {
            if (x.shape[^2] < Crop || x.shape[^1] < Crop)
            {
                throw new ArgumentException($"Images are {x.shape[^2]}×{x.shape[^1]}; a crop of {Crop}×{Crop} needs larger ones.", nameof(raw));
            }

            x = x.narrow(-2, (x.shape[^2] - Crop) / 2, Crop).narrow(-1, (x.shape[^1] - Crop) / 2, Crop);
        }

        return Channels == ChannelOrder.Bgr ? x.flip(1) : x;
    }

    private static Tensor PerChannel(IReadOnlyList<double> values, Tensor x, string name)
    {
        if (values.Count != 1 && values.Count != x.shape[1])
        {
            if (values.Count == x.numel() / x.shape[0]) return tensor([.. values], ScalarType.Float32, x.device).reshape([1, .. x.shape[1..]]);
            throw new ArgumentException($"{name} has {values.Count} values for {x.shape[1]} channels; it must have 1 or {x.shape[1]}.");
        }

        long[] shape = [1, values.Count, .. Enumerable.Repeat(1L, (int)x.dim() - 2)];
        return tensor([.. values], ScalarType.Float32, x.device).reshape(shape);
    }
}

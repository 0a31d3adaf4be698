using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>What happens to raw inputs before a network sees them: x ← (x · scale − mean) / std, per channel.</summary>
public sealed record Preprocessing
{
    /// <summary>Pixels to [0, 1] and nothing else.</summary>
    public static Preprocessing UnitRange { get; } = new();

    /// <summary>Raw values unchanged, as float32: for tables whose features are ready.</summary>
    public static Preprocessing None { get; } = new() { Scale = 1 };

    /// <summary>Factor on raw values, applied first. Default 1/255: pixels to [0, 1].</summary>
    public double Scale { get => field; init => field = Check.Positive(value, nameof(Scale)); } = 1.0 / 255;

    /// <summary>Mean per channel (or per feature), in units after <see cref="Scale"/>; empty: 0; one value: for all.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>Standard deviation per channel (or per feature), likewise; empty: 1.</summary>
    public IReadOnlyList<double> Std { get; init; } = [];

    /// <summary>Prepares a batch.</summary>
    /// <param name="raw">uint8 or float32, [N, C, ...] on any device.</param>
    /// <returns>float32, the same shape and device; the caller owns it.</returns>
    /// <exception cref="ArgumentException">There are neither 1 nor C means or deviations.</exception>
    public Tensor Apply(Tensor raw)
    {
        using var scope = NewDisposeScope();
        var x = raw.to(ScalarType.Float32, copy: true);
        if (Scale != 1) x.mul_(Scale);
        if (Mean.Count > 0) x.sub_(PerChannel(Mean, x, nameof(Mean)));
        if (Std.Count > 0) x.div_(PerChannel(Std, x, nameof(Std)));
        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The inverse: from what a network sees back to raw values, float32, not rounded.</summary>
    /// <param name="prepared">float32 [N, C, ...].</param>
    /// <returns>The same shape; the caller owns it.</returns>
    public Tensor Invert(Tensor prepared)
    {
        using var scope = NewDisposeScope();
        var x = prepared.clone();
        if (Std.Count > 0) x.mul_(PerChannel(Std, x, nameof(Std)));
        if (Mean.Count > 0) x.add_(PerChannel(Mean, x, nameof(Mean)));
        return x.div_(Scale).MoveToOuterDisposeScope();
    }

    private static Tensor PerChannel(IReadOnlyList<double> values, Tensor x, string name)
    {
        if (values.Count != 1 && values.Count != x.shape[1])
        {
            throw new ArgumentException($"{name} has {values.Count} values for {x.shape[1]} channels; it must have 1 or {x.shape[1]}.");
        }

        long[] shape = [1, values.Count, .. Enumerable.Repeat(1L, (int)x.dim() - 2)];
        return tensor([.. values], ScalarType.Float32, x.device).reshape(shape);
    }
}

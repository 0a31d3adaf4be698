using System.Globalization;
using Golgi.Foundation;

namespace Golgi.Instruments.Dimension.Measuring;

/// <summary>What an accuracy is compared with. The published numbers use both: accuracy 1 for MNIST, the network's own for CIFAR-10.</summary>
/// <param name="Absolute">A fixed accuracy, or null for the network's own under direct training.</param>
public sealed record BaselinePolicy(double? Absolute)
{
    /// <summary>The mean accuracy of the same network, trained directly with the same number of steps.</summary>
    public static BaselinePolicy Own { get; } = new((double?)null);

    /// <summary>Reads <c>own</c> or <c>absolute:0.5</c>.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static BaselinePolicy Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "own") return Own;
        if (text.StartsWith("absolute:", StringComparison.Ordinal)
            && double.TryParse(text.AsSpan("absolute:".Length), NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            return new BaselinePolicy(Check.InRange(value, 0.0, 1.0, "the absolute baseline"));
        }

        throw new ArgumentException($"'{text}' is no baseline; write own, or absolute:ACCURACY such as absolute:1.0.", nameof(text));
    }

    /// <inheritdoc/>
    public override string ToString() => Absolute is { } value ? string.Create(CultureInfo.InvariantCulture, $"absolute:{value}") : "own";
}

using System.IO.Enumeration;

namespace Golgi.Weights.Masks;

/// <summary>Which weights a mask may remove. The rest is always kept.</summary>
public sealed record MaskScope
{
    /// <summary>All kernels and matrices; biases and the scales and shifts of normalization layers stay.</summary>
    public static MaskScope Kernels { get; } = new();

    /// <summary>Names that take part, as patterns with <c>*</c> and <c>?</c>. Default: all.</summary>
    public IReadOnlyList<string> Only { get; init; } = ["*"];

    /// <summary>Names that do not, as patterns. Default: none.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    /// <summary>Whether only kernels take part, never biases and normalization. Default: true.</summary>
    public bool KernelsOnly { get; init; } = true;

    /// <summary>All of it in a line, for the names of runs.</summary>
    internal string Description => $"{string.Join(' ', Only)} - {string.Join(' ', Except)} {KernelsOnly}";

    /// <summary>The parameters that take part, in the vector's order.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public IReadOnlyList<Segment> Of(IReadOnlyList<Segment> segments)
    {
        ArgumentNullException.ThrowIfNull(segments);
        Segment[] chosen =
        [
            .. segments.Where(segment => (segment.IsKernel || !KernelsOnly) && Matches(Only, segment) && !Matches(Except, segment)),
        ];
        if (chosen.Length > 0) return chosen;
        throw new ArgumentException(
            $"No parameter takes part in the mask: only {string.Join(", ", Only)}, except {string.Join(", ", Except)}. "
            + $"The network has: {string.Join(", ", segments.Select(segment => segment.Name))}.");
    }

    private static bool Matches(IReadOnlyList<string> patterns, Segment segment) =>
        patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, segment.Name, ignoreCase: false));
}

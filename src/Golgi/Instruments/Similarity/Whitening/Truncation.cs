using System.Globalization;
using System.Text.Json.Serialization;
using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>How many principal directions of a layer a comparison keeps.</summary>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806) keep "99 % of the variance", squares of singular values, in the body, but sum
/// the singular values themselves in the appendix. The two differ much; both are here.</remarks>
[JsonConverter(typeof(TruncationJson))]
public sealed record Truncation
{
    private Truncation(Rule rule, double fraction, long count) => (this.rule, this.fraction, this.count) = (rule, fraction, count);

    private readonly Rule rule;
    private readonly double fraction;
    private readonly long count;

    private enum Rule
    {
        None,
        Variance,
        SingularValues,
        Fixed,
    }

    /// <summary>All directions: plain CCA.</summary>
    public static Truncation None { get; } = new(Rule.None, 1, 0);

    /// <summary>The fewest directions whose squared singular values reach a fraction of their sum.</summary>
    /// <param name="fraction">In [0, 1]; the paper's body says 0.99.</param>
    public static Truncation Variance(double fraction) => new(Rule.Variance, Check.Fraction(fraction), 0);

    /// <summary>The fewest directions whose singular values reach a fraction of their sum: the paper's appendix.</summary>
    /// <param name="fraction">In [0, 1].</param>
    public static Truncation SingularValues(double fraction) => new(Rule.SingularValues, Check.Fraction(fraction), 0);

    /// <summary>A given number of directions, or all if there are fewer.</summary>
    /// <param name="count">1 or more.</param>
    public static Truncation Fixed(long count) => new(Rule.Fixed, 1, Check.Positive(count));

    /// <summary>Reads a rule: <c>0.99</c> (share of the variance), <c>sv:0.99</c> (share of the sum of singular values), <c>20</c>
    /// (directions), <c>all</c>.</summary>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static Truncation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text == "all") return None;
        bool singular = text.StartsWith("sv:", StringComparison.Ordinal);
        if (!double.TryParse(singular ? text[3..] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || !(value > 0))
        {
            throw new ArgumentException($"'{text}' is not understood; write 0.99, sv:0.99 or a number of directions such as 20.", nameof(text));
        }

        if (singular) return SingularValues(value);
        return value < 1 || text.Contains('.', StringComparison.Ordinal) ? Variance(value) : Fixed((long)value);
    }

    /// <summary>The rule as <see cref="Parse"/> reads it.</summary>
    public string Text => rule switch
    {
        Rule.None => "all",
        Rule.Fixed => count.ToString(CultureInfo.InvariantCulture),
        Rule.Variance => fraction < 1 ? fraction.ToString(CultureInfo.InvariantCulture) : "1.0",
        _ => $"sv:{fraction.ToString(CultureInfo.InvariantCulture)}",
    };

    /// <summary>Applies the rule.</summary>
    /// <param name="singularValues">In falling order, not negative, at least one.</param>
    /// <returns>1 to their number.</returns>
    public long Count(ReadOnlySpan<double> singularValues) => rule switch
    {
        Rule.None => singularValues.Length,
        Rule.Fixed => Math.Min(count, singularValues.Length),
        _ => Reaching(singularValues),
    };

    /// <inheritdoc/>
    public override string ToString() => rule switch
    {
        Rule.None => "all directions",
        Rule.Fixed => $"{count} directions",
        Rule.Variance => $"{fraction:P0} of the variance",
        _ => $"{fraction:P0} of the sum of singular values",
    };

    private long Reaching(ReadOnlySpan<double> values)
    {
        double total = 0, reached = 0;
        foreach (double value in values) total += Weight(value);
        for (int i = 0; i < values.Length; i++)
        {
            reached += Weight(values[i]);
            if (reached >= (fraction * total) - (1e-12 * total)) return i + 1;
        }

        return values.Length;
    }

    private double Weight(double value) => rule == Rule.Variance ? value * value : value;
}

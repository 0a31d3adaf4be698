using System.Globalization;
using Golgi.Foundation;
using Golgi.Training.Schedules;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>
/// How the learning rate in a subspace follows from the dimension. What d training needs depends on it: with unit-norm
/// columns, Adam moves each coordinate by at most the rate at each step, so a rate that is too small shows as a dimension that is too large.
/// </summary>
public sealed record StepSizeRule
{
    /// <summary><c>travel</c> with a factor of 10.</summary>
    public static StepSizeRule Default { get; } = new();

    /// <summary><c>travel</c>, <c>fixed</c> or <c>search</c>.</summary>
    public string Kind { get => field; init => field = Check.Known(value, ["travel", "fixed", "search"], "step size rule", nameof(Kind)); } =
        "travel";

    /// <summary>The factor of <c>travel</c> and <c>search</c>, or the rate of <c>fixed</c>.</summary>
    public double Value { get => field; init => field = Check.Positive(value, nameof(Value)); } = 10;

    /// <summary>Reads <c>travel</c>, <c>travel:10</c>, <c>fixed:0.01</c> or <c>search</c>.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public static StepSizeRule Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2);
        if (parts is [var kind]) return kind == "fixed" ? throw Bad(text) : new StepSizeRule { Kind = kind };
        return double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? new StepSizeRule { Kind = parts[0], Value = value }
            : throw Bad(text);
    }

    /// <summary>The rates to try: three for <c>search</c>, a factor of three apart, otherwise one.</summary>
    /// <param name="weights">D.</param>
    /// <param name="dimension">d.</param>
    /// <param name="steps">Steps of a trial.</param>
    /// <param name="schedule">Over which the rate changes.</param>
    public IReadOnlyList<double> Rates(long weights, int dimension, long steps, Schedule schedule)
    {
        if (Kind == "fixed") return [Value];
        double factors = Enumerable.Range(0, 1000).Average(i => schedule.At(i, 1000));
        // Solutions were found at a distance of about 3.6 D^¼ from the start (D from 2,500 to 108,000).
        double rate = Value * 3.6 * Math.Pow(weights, 0.25) / (Math.Sqrt(dimension) * steps * factors);
        return Kind == "travel" ? [rate] : [rate / 3, rate, rate * 3];
    }

    /// <summary>The rule in words, for reports.</summary>
    public override string ToString() => Kind switch
    {
        "fixed" => string.Create(CultureInfo.InvariantCulture, $"fixed: rate {Value}"),
        "search" => string.Create(CultureInfo.InvariantCulture, $"search: the best of 1/3, 1 and 3 times travel:{Value}, on the first replicate"),
        _ => string.Create(CultureInfo.InvariantCulture, $"travel: √d · Σ rate = {Value} · 3.6 D^¼"),
    };

    private static ArgumentException Bad(string text) =>
        new($"'{text}' is no step size rule; write travel, travel:FACTOR, fixed:RATE or search.", nameof(text));
}

using System.Text.Json.Serialization;
using Golgi.Numerics.Statistics;
using Golgi.Training.Tasks;

namespace Golgi.Training;

/// <summary>How a network does on a set of examples: named values. Written as one flat object, <c>count</c> and the values by their
/// names.</summary>
[JsonConverter(typeof(EvaluationConverter))]
public sealed class Evaluation : IEquatable<Evaluation>
{
    private readonly Dictionary<string, double> values;

    /// <summary>Puts an evaluation together.</summary>
    /// <param name="count">Examples.</param>
    /// <param name="primaryMetric">The metric by which networks are compared.</param>
    /// <param name="values">By name; the primary metric and <c>loss</c> are among them.</param>
    /// <exception cref="ArgumentException">One of those is missing.</exception>
    public Evaluation(long count, Metric primaryMetric, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        ArgumentNullException.ThrowIfNull(primaryMetric);
        ArgumentNullException.ThrowIfNull(values);
        (Count, PrimaryMetric, this.values) = (count, primaryMetric, new Dictionary<string, double>(values));
        foreach (string name in (string[])[primaryMetric.Name, Metric.Loss.Name])
        {
            if (!this.values.ContainsKey(name))
            {
                throw new ArgumentException($"The values are {string.Join(", ", this.values.Keys)}; '{name}' must be among them.", nameof(values));
            }
        }
    }

    /// <summary>Examples.</summary>
    public long Count { get; }

    /// <summary>The metric by which networks are compared.</summary>
    public Metric PrimaryMetric { get; }

    /// <summary>Its value.</summary>
    public double Primary => values[PrimaryMetric.Name];

    /// <summary>Mean loss over the examples.</summary>
    public double Loss => values[Metric.Loss.Name];

    /// <summary>All values by name, in the task's order.</summary>
    public IReadOnlyDictionary<string, double> Values => values;

    /// <summary>A value by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names those that there are.</exception>
    public double this[string name] => values.TryGetValue(name, out double value)
        ? value
        : throw new ArgumentException($"No value '{name}' was measured. There are: {string.Join(", ", values.Keys)}.", nameof(name));

    /// <summary>The primary value as people read it.</summary>
    public string Text => PrimaryMetric.Text(Primary);

    /// <summary>The primary value as a share of so many examples, with its interval.</summary>
    /// <exception cref="ArgumentException">The primary metric is no share.</exception>
    public Proportion Share => PrimaryMetric.IsShare
        ? new Proportion((long)Math.Round(Primary * Count), Count)
        : throw new ArgumentException($"{PrimaryMetric.Name} is no share of the examples; a share is the primary metric of classification.");

    /// <inheritdoc/>
    public bool Equals(Evaluation? other) =>
        other is not null && Count == other.Count && PrimaryMetric == other.PrimaryMetric && values.Count == other.values.Count
        && values.All(entry => other.values.TryGetValue(entry.Key, out double value) && entry.Value.Equals(value));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Evaluation);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Count, PrimaryMetric.Name, Primary, Loss);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join(", ", values.Select(entry => $"{entry.Key} {entry.Value:G6}"))} of {Count} examples";
}

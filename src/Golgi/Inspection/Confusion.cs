using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Numerics.Statistics;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>Which classes a network takes for which.</summary>
/// <param name="ClassNames">One per class.</param>
/// <param name="Matrix">Counts by [true class][predicted class].</param>
/// <param name="Mistakes">The most confident mistakes, most confident first; not all if there are many.</param>
public sealed record Confusion(
    IReadOnlyList<string> ClassNames, IReadOnlyList<IReadOnlyList<long>> Matrix, IReadOnlyList<Mistake> Mistakes)
{
    /// <summary>Share of examples that were given their own class.</summary>
    public Proportion Accuracy { get; } = new(
        Matrix.Select((row, label) => row[label]).Sum(), Matrix.Sum(row => row.Sum()));

    /// <summary>Per class: share of its examples that were recognized; null for a class without examples.</summary>
    public IReadOnlyList<Proportion?> Recall { get; } =
        [.. Matrix.Select((row, label) => Share(row[label], row.Sum()))];

    /// <summary>Per class: share of what was taken for it that is it; null for a class that was never
    /// predicted.</summary>
    public IReadOnlyList<Proportion?> Precision { get; } =
        [.. Matrix.Select((row, label) => Share(row[label], Matrix.Sum(other => other[label])))];

    /// <summary>Pairs of different classes with at least one confusion, most frequent first.</summary>
    public IReadOnlyList<ConfusedPair> Pairs { get; } =
    [
        .. from label in Enumerable.Range(0, Matrix.Count)
           from predicted in Enumerable.Range(0, Matrix.Count)
           where label != predicted && Matrix[label][predicted] > 0
           orderby Matrix[label][predicted] descending
           select new ConfusedPair(label, predicted, Matrix[label][predicted]),
    ];

    /// <summary>Classifies examples.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="examples">Borrowed.</param>
    /// <param name="mistakes">How many mistakes to keep, 0 or more.</param>
    /// <param name="options">Batch, limit, device; null: the defaults.</param>
    /// <exception cref="ArgumentException">The network gives no classes, there are no examples, or a label is not among the network's
    /// outputs.</exception>
    public static Confusion Measure(
        Specimen specimen,
        Examples examples,
        int mistakes = 50,
        PassOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        Check.NotNegative(mistakes);
        specimen.RequireClasses("A confusion matrix");
        using var scope = NewDisposeScope();
        var tally = new ConfusionTally(mistakes);
        ExamplePass.Run(
            specimen,
            examples,
            options,
            "confusion",
            (indices, inputs) =>
                tally.Add(specimen.Network.call(inputs), examples.Labels.index_select(0, indices), indices),
            progress,
            cancellation);
        return tally.Finish(specimen.ClassNames);
    }

    private static Proportion? Share(long part, long whole) => whole == 0 ? null : new Proportion(part, whole);
}

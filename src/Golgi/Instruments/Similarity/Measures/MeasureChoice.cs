using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>A measure by its name, with its settings; those that belong to other measures do nothing.</summary>
public sealed record MeasureChoice
{
    /// <summary>The measure's name, one of <see cref="Measure.All"/>. Default <c>svcca</c>.</summary>
    public string Method
    {
        get => field;
        init => field = Check.Known(value, Measure.All.Select(measure => measure.Name), "measure", nameof(Method));
    } = "svcca";

    /// <summary>What <c>svcca</c> keeps of each side. Default: 99 % of the variance.</summary>
    public Truncation Keep { get; init; } = Truncation.Variance(0.99);

    /// <summary>The side whose neurons weigh <c>pwcca</c>. Default: the left.</summary>
    public Side WeightsFrom { get; init; } = Side.Left;

    /// <summary>Width of <c>cka-rbf</c>'s kernel in median distances, above 0. Default 1.</summary>
    public double Bandwidth { get => field; init => field = Check.Positive(value, nameof(Bandwidth)); } = 1;

    /// <summary>Rows of a batch for <c>cka-minibatch</c>, 4 or more. Default 256.</summary>
    public long Batch { get => field; init => field = Check.InRange(value, 4, 100_000, nameof(Batch)); } = BatchedCka.UsualBatch;

    /// <summary>The measure.</summary>
    public Measure Create() => Method switch
    {
        "svcca" => new Svcca(Keep),
        "pwcca" => new Pwcca(WeightsFrom),
        "cka-minibatch" => new BatchedCka(Batch),
        "cka-rbf" => new RbfCka(Bandwidth),
        _ => Measure.Named(Method),
    };

    /// <summary>The measure, where only one on whitened layers will do.</summary>
    /// <exception cref="ArgumentException">It looks at pairs of samples, or needs sums that whitened layers do not hold.</exception>
    public BasisMeasure OnBases() => Create() is BasisMeasure { NeedsNorms: RowNorms.Ignored } basis
        ? basis
        : throw new ArgumentException(
            $"{Method} does not follow from whitened layers alone; take cca, svcca, pwcca, cka, procrustes, cca-squared or regression.");
}

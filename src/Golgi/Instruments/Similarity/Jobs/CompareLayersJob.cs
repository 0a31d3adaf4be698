using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Compares two layers, or activations in files.</summary>
/// <param name="left">The one side. Borrowed.</param>
/// <param name="right">The other, its rows in the same order. Borrowed.</param>
/// <param name="options">How they are compared.</param>
public sealed class CompareLayersJob(ComparedLayer left, ComparedLayer right, CompareLayersOptions options) : Job<SimilarityComparison>
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-compare", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{left.Name}-{right.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => StudyInputs.Of([("a_", left.Inputs), ("b_", right.Inputs)]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The sides differ in samples, hold values that are not finite, or do not vary.</exception>
    /// <exception cref="RefusedException">There are too few samples for the value to mean anything, or too many for the measure.</exception>
    public override SimilarityComparison Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var measure = options.Measure.Create();
        return options.Spatial == SpatialReading.Dft ? PerFrequency(measure, context) : OnRows(measure, context);
    }

    private SimilarityComparison OnRows(Measure measure, JobContext context)
    {
        using var a = left.Rows(options.Spatial, options.Examples, context.Cancellation);
        using var b = right.Rows(options.Spatial, options.Examples, context.Cancellation);
        return new Comparer(options.Around).Compare(a, b, measure, context.Progress, context.Cancellation);
    }

    private SimilarityComparison PerFrequency(Measure measure, JobContext context)
    {
        using var a = left.Spectrum(options.Frequencies, options.Examples, context.Cancellation);
        using var b = right.Spectrum(options.Frequencies, options.Examples, context.Cancellation);
        return SpectralComparison.Of(a, b, measure, options.Around, context.Progress, context.Cancellation);
    }
}

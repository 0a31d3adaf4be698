using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Makes a network's layers smaller on a few directions of their inputs, and measures what it still knows. Finished points are
/// kept.</summary>
public sealed class CompressLayersJob : Job<CompressionResult>
{
    private readonly Specimen specimen;
    private readonly Specimen? twin;
    private readonly CompressLayersOptions options;
    private readonly IReadOnlyList<string> layers;

    /// <summary>Puts the job together.</summary>
    /// <param name="specimen">A sequence of layers, with its data. Borrowed and not changed.</param>
    /// <param name="twin">Another network on the same data, for directions that both found; null: none. Borrowed.</param>
    /// <param name="options">How far.</param>
    /// <exception cref="ArgumentException">There are no data, the network is not a plain sequence of layers, or has none to compress.</exception>
    public CompressLayersJob(Specimen specimen, Specimen? twin, CompressLayersOptions options)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(options);
        this.specimen = specimen;
        this.twin = twin;
        this.options = options;
        LayerActivations.Shown(specimen);
        layers = LayerCompression.Layers(specimen.Network);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-compress", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{specimen.Data?.Name}-{specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => StudyInputs.Of(specimen, twin);

    /// <inheritdoc/>
    /// <exception cref="RefusedException">There are fewer examples than a layer has features.</exception>
    public override CompressionResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new CompressionResult(layers, LayerCompression.Curve(specimen, twin, options, context));
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Measures how few directions of a layer carry a network's answers. Finished numbers of directions are kept.</summary>
public sealed class DirectionsJob : Job<DirectionStudy>
{
    private readonly Specimen specimen;
    private readonly Specimen? twin;
    private readonly DirectionsOptions options;

    /// <summary>Puts the job together.</summary>
    /// <param name="specimen">The network with its data. Borrowed.</param>
    /// <param name="twin">Another network on the same data, for directions that both found; null: none. Borrowed.</param>
    /// <param name="options">Which layer, how many directions.</param>
    /// <exception cref="ArgumentException">The layer is not known, or there are no data.</exception>
    public DirectionsJob(Specimen specimen, Specimen? twin, DirectionsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.specimen = specimen;
        this.twin = twin;
        this.options = options;
        LayerActivations.Resolve(specimen, [options.Layer]);
        if (twin is not null) LayerActivations.Resolve(twin, [options.Layer]);
        LayerActivations.Shown(specimen);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-directions", 1);

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
    /// <exception cref="RefusedException">There are fewer examples than the layer has features.</exception>
    public override DirectionStudy Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return DirectionStudy.Of(specimen, twin, options, context);
    }
}

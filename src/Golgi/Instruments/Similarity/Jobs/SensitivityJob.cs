using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Measures how well each layer already knows each class. Finished layers are kept.</summary>
public sealed class SensitivityJob : Job<ClassSensitivity>
{
    private readonly Specimen specimen;
    private readonly SensitivityOptions options;

    /// <summary>Puts the job together.</summary>
    /// <param name="specimen">The network with its data; its last layer with weights gives one logit per class. Borrowed.</param>
    /// <param name="options">Which layers.</param>
    /// <exception cref="ArgumentException">A layer is not known, or there are no data.</exception>
    public SensitivityJob(Specimen specimen, SensitivityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.specimen = specimen;
        this.options = options with { Layers = LayerActivations.Resolve(specimen, options.Layers) };
        LayerActivations.Shown(specimen);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-sensitivity", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{specimen.Data?.Name}-{specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => SpecimenInputs.Of(specimen);

    /// <inheritdoc/>
    public override ClassSensitivity Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ClassSensitivity.Of(specimen, options, context);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Runs;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Compares each layer during training with its final state. Finished snapshots are kept.</summary>
public sealed class DynamicsJob : Job<LearningDynamics>
{
    private readonly Run run;
    private readonly Specimen specimen;
    private readonly DynamicsOptions options;

    /// <summary>Puts the job together.</summary>
    /// <param name="run">A run that kept snapshots (<c>golgi train --snapshots N</c>). Borrowed.</param>
    /// <param name="specimen">Its network in the final state, with its data; it holds other weights while the job runs, and these again
    /// afterwards. Borrowed.</param>
    /// <param name="options">Which layers, compared how.</param>
    /// <exception cref="ArgumentException">The run has fewer than three snapshots, a layer is not known, there are no data, or the measure needs
    /// more than whitened layers.</exception>
    public DynamicsJob(Run run, Specimen specimen, DynamicsOptions options)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(options);
        this.run = run;
        this.specimen = specimen;
        this.options = options with { Layers = LayerActivations.Resolve(specimen, options.Layers) };
        LayerActivations.Shown(specimen);
        LearningDynamics.Snapshots(run);
        options.Measure.OnBases();
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-dynamics", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{specimen.Data?.Name}-{specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs
    {
        get
        {
            var inputs = SpecimenInputs.Of(specimen);
            var files = LearningDynamics.Snapshots(run).Select(step => $"{step} {Digest.OfUnchangedFile(LearningDynamics.Snapshot(run, step))}");
            inputs["snapshots"] = Digest.OfText(string.Join('\n', files));
            return inputs;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="RefusedException">There are too few examples for the layers' directions.</exception>
    public override LearningDynamics Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return LearningDynamics.Of(run, specimen, options, context);
    }
}

using System.Diagnostics;
using System.Text.Json.Nodes;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Makes the pictures that units want to see, and keeps their values: the part that <see cref="SeeJob"/> and comparisons of presets have
/// in common. A stopped job goes on after its last finished batch.</summary>
/// <param name="specimen">The network. Borrowed; it is left as it was.</param>
/// <param name="target">Which units.</param>
/// <param name="options">How.</param>
public sealed class PicturesJob(Specimen specimen, Target target, VisualizationOptions options)
    : SpecimenJob<PicturesResult>(specimen)
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-pictures", 1) { IsPart = true };

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var item = options.Describe();
            item["target"] = target.Describe();
            return item;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such layer, unit, class or preset, or the size does not fit the network.</exception>
    public override PicturesResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var clock = Stopwatch.StartNew();
        using var made = FeatureVisualization.Continue(Specimen, target, options, context, context.Progress, context.Cancellation);
        Npy.Write(context.Run.ArtifactPath(PictureValues.FileName), made.Pictures);
        PictureBatches.Forget(context.Run);
        return new PicturesResult(made.Found, Math.Round(clock.Elapsed.TotalSeconds, 2));
    }

    /// <summary>The pictures of a finished job, [N, C, H, W] in [0, 1]; the caller owns them.</summary>
    internal static Tensor Load(Completed<PicturesResult> done) => Npy.Read(Path.Combine(done.Artifacts, PictureValues.FileName));
}

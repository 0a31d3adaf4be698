using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Jobs;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Makes, for any units of a network, the pictures that they want to see.</summary>
/// <remarks>Nguyen, Yosinski and Clune 2019 (arXiv 1904.08939) survey the methods; <see cref="PresetCatalog"/> has their
/// settings.</remarks>
public static class FeatureVisualization
{
    /// <summary>Makes pictures.</summary>
    /// <param name="specimen">The network, whose inputs are pictures [C, H, W]. Borrowed; it is left as it was.</param>
    /// <param name="target">Which units.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such layer, unit, class or preset, or the size does not fit the
    /// network.</exception>
    public static PreferredPictures Run(
        Specimen specimen,
        Target target,
        VisualizationOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(target);
        return Continue(specimen, target, options ?? new VisualizationOptions(), null, progress, cancellation);
    }

    /// <summary>Makes pictures, and takes the batches that a job's run has kept.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="context">The job; null: a call that is stopped begins anew.</param>
    internal static PreferredPictures Continue(
        Specimen specimen, Target target, VisualizationOptions options, JobContext? context, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var synthesizer = new PictureSynthesizer(specimen, target, options);
        long[] units = [.. target.Units.SelectMany(unit => Enumerable.Repeat(unit, options.PerUnit))];
        var (pictures, found) = PictureBatches.Make(
            units.Length, synthesizer.Batch, context, specimen.Device, progress,
            (first, count, inner) => synthesizer.Make(units[first..(first + count)], first, inner, cancellation));
        return new PreferredPictures(pictures.MoveToOuterDisposeScope(), found);
    }
}

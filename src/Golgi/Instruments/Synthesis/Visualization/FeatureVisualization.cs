using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
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
    /// <param name="kept">Where finished batches are kept and found again; null: a call that is stopped begins anew.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such layer, unit, class or preset, or the size does not fit the
    /// network.</exception>
    public static PreferredPictures Run(
        Specimen specimen,
        Target target,
        VisualizationOptions? options = null,
        KeptBatches? kept = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new VisualizationOptions();
        using var scope = NewDisposeScope();
        using var synthesizer = new PictureSynthesizer(specimen, target, options);
        long[] units = [.. target.Units.SelectMany(unit => Enumerable.Repeat(unit, options.PerUnit))];
        var (pictures, found) = PictureBatches.Make(
            units.Length, synthesizer.Batch, kept, specimen.Device, progress,
            (first, count, inner) => synthesizer.Make(units[first..(first + count)], first, inner, cancellation));
        return new PreferredPictures(pictures.MoveToOuterDisposeScope(), found);
    }
}

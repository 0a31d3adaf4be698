using Golgi.Models;
using Golgi.Runs;
using static TorchSharp.torch;

namespace Golgi.Synthesis;

/// <summary>Makes, for any units of a network, the pictures that they want to see.</summary>
/// <remarks>Nguyen, Yosinski and Clune 2019 (arXiv 1904.08939) survey the methods; <see cref="Presets"/> has their
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
    public static Visualization Run(
        Specimen specimen,
        Target target,
        VisualizationOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(target);
        options ??= new VisualizationOptions();
        using var scope = NewDisposeScope();
        using var studio = new Studio(specimen, target, options);
        long[] units = [.. target.Units.SelectMany(unit => Enumerable.Repeat(unit, options.PerUnit))];
        var pictures = new List<Tensor>();
        var found = new List<PreferredPicture>();
        for (int at = 0; at < units.Length; at += studio.Batch)
        {
            long[] part = units[at..Math.Min(at + studio.Batch, units.Length)];
            int done = at;
            var inner = progress is null ? null : new Relay(progress, state => state with
            {
                Task = $"pictures {done + 1} to {done + part.Length} of {units.Length}",
            });
            var (made, known) = studio.Make(part, at, inner, cancellation);
            pictures.Add(made);
            found.AddRange(known);
        }

        return new Visualization(cat(pictures).MoveToOuterDisposeScope(), found);
    }

    /// <summary>The height and width that pictures will have.</summary>
    /// <exception cref="ArgumentException">The network does not take pictures, or there is no such preset.</exception>
    public static (long Height, long Width) SizeOf(Specimen specimen, VisualizationOptions options)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(options);
        return Studio.SizeOf(specimen, options);
    }

    /// <summary>Passes progress on with other words.</summary>
    private sealed class Relay(
        IProgress<WorkProgress> target, Func<WorkProgress, WorkProgress> change) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => target.Report(change(value));
    }
}

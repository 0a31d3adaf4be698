using Golgi.Ascent;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Inspection;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Networks.Taps;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Facets;

/// <summary>Shows the different things that one unit responds to, each by a picture of its own.</summary>
/// <remarks>
/// Nguyen, Yosinski and Clune 2016 (arXiv 1602.03616), algorithm 1: codes of the unit's images, principal components,
/// a t-SNE map,
/// k-means in the map; for each cluster the mean of the images nearest to its center, and ascent from that mean.
/// Which facet a picture shows is decided by where it starts: long ascent wears it away.
/// </remarks>
public static class MultifacetedVisualization
{
    private const int Batch = 64;
    private const double MostPerplexity = 30;

    /// <summary>Finds and shows facets.</summary>
    /// <param name="specimen">The network; borrowed, left as it was.</param>
    /// <param name="examples">The images; borrowed.</param>
    /// <param name="target">One class or one unit.</param>
    /// <param name="options">How facets are found; null: the defaults.</param>
    /// <param name="pictures">How pictures are made; null: the preset nguyen2016-mfv-mean.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is not one unit, or there are fewer images than clusters.</exception>
    public static FacetReport Run(
        Specimen specimen,
        Examples examples,
        Target target,
        FacetOptions? options = null,
        VisualizationOptions? pictures = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Continue(specimen, examples, target, options ?? new FacetOptions(), pictures ?? Usual, null, progress, cancellation);

    /// <summary>How pictures are made unless it is said otherwise.</summary>
    public static VisualizationOptions Usual { get; } = new() { Preset = "nguyen2016-mfv-mean" };

    /// <summary>Finds and shows facets, and takes the batches of pictures that a job's run has kept.</summary>
    /// <inheritdoc cref="Run"/>
    /// <param name="context">The job; null: a call that is stopped begins anew.</param>
    internal static FacetReport Continue(
        Specimen specimen, Examples examples, Target target, FacetOptions options, VisualizationOptions pictures, JobContext? context,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(target);
        if (target.Units.Count != 1)
        {
            throw new ArgumentException(
                $"{target.Units.Count} units are named; facets are of one unit at a time.", nameof(target));
        }
        using var scope = NewDisposeScope();
        long[] chosen = Choose(specimen, examples, target, options, progress, cancellation);
        if (chosen.Length < Math.Max(4, options.Clusters))
        {
            throw new ArgumentException(
                $"There are {chosen.Length} images of the unit for {options.Clusters} facets; there must be at least as many, and 4 or more.");
        }

        var codes = Codes(
            specimen, examples, chosen, options.CodeLayer ?? target.Layer ?? CodeLayers.BeforeLogits(specimen),
            progress, cancellation);
        using var components = PrincipalComponents.Fit(codes, Math.Min(options.Components, chosen.Length - 1));
        var reduced = components.Project(codes);
        progress?.Report(new WorkProgress("drawing the map", 0, 0));
        using var map = Tsne.Embed(
            reduced, new TsneOptions { Perplexity = Math.Min(MostPerplexity, (chosen.Length - 1) / 3.0) }, null,
            cancellation);
        var space = options.Space == FacetSpace.Map ? map.Positions : reduced;
        var clusters = KMeans.Fit(space, options.Clusters, new Philox((ulong)pictures.Seed, 11));
        var facets = Enumerable.Range(0, options.Clusters).Select(k => Describe(k, clusters, space, chosen, examples, options.Nearest)).ToArray();
        var means = Means(examples, facets, specimen);
        var made = FeatureVisualization.Continue(
            specimen, target, pictures with { Start = means, PerUnit = facets.Length }, context, progress, cancellation);
        double? silhouette = clusters.Labels.Distinct().Count() > 1 ? ClusterScores.Silhouette(space, clusters.Labels) : null;
        return new FacetReport(
            target, facets, chosen, clusters.Labels, silhouette, map.Positions.clone().MoveToOuterDisposeScope(),
            PictureUnits.Unit(means).MoveToOuterDisposeScope(), made with { Pictures = made.Pictures.MoveToOuterDisposeScope() });
    }

    /// <summary>A class's images have its label; a hidden unit's are those that excite it most.</summary>
    private static long[] Choose(
        Specimen specimen, Examples examples, Target target, FacetOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (target.Layer is null || options.Labels is not null)
        {
            long[] wanted = [.. options.Labels ?? target.Units];
            long[] labels = [.. examples.Labels.data<long>()];
            return [.. Enumerable.Range(0, labels.Length).Where(i => wanted.Contains(labels[i])).Take(options.Images).Select(i => (long)i)];
        }

        Check.Known(target.Layer, specimen.LayerNames, "layer");
        var tops = TopExamples.Find(
            specimen, examples, [target.Layer], options.Images, new PassOptions { Batch = Batch }, progress,
            cancellation);
        target.Validate(tops.Count);
        return [.. tops[(int)target.Units[0]].Best.Where(top => top.Value > 0).Select(top => top.Example)];
    }

    private static Tensor Codes(
        Specimen specimen, Examples examples, long[] chosen, string layer, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(specimen.Network);
        using var tap = new ActivationTap(specimen.Network, [layer]);
        var rows = new List<Tensor>();
        for (int at = 0; at < chosen.Length; at += Batch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var indices = tensor(chosen[at..Math.Min(at + Batch, chosen.Length)]);
            tap.Run(specimen.Preprocessing.Apply(examples.Read(indices)));
            var code = tap[layer];
            rows.Add(
                (code.dim() > 2 ? code.flatten(2).mean([2]) : code).to(ScalarType.Float64).MoveToOuterDisposeScope());
            progress?.Report(new WorkProgress("codes", at, chosen.Length));
        }

        return cat(rows).MoveToOuterDisposeScope();
    }

    private static Facet Describe(
        int cluster, Clusters clusters, Tensor space, long[] chosen, Examples examples, int nearest)
    {
        var order = clusters.Nearest(space, cluster);
        var labels = order.Select(i => examples.Labels[chosen[i]].item<long>()).CountBy(label => label).OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key);
        return new Facet(order.Count, [.. order.Take(nearest).Select(i => chosen[i])], [.. labels]);
    }

    /// <summary>Raw mean images, in the network's input size.</summary>
    private static Tensor Means(Examples examples, IReadOnlyList<Facet> facets, Specimen specimen)
    {
        using var scope = NewDisposeScope();
        long height = specimen.InputShape[1], width = specimen.InputShape[2];
        var means = stack(
            facets.Select(facet => examples.Read(tensor(facet.Members.ToArray())).to(ScalarType.Float32).mean([0L])));
        return Resample.To(means, height, width).MoveToOuterDisposeScope();
    }
}

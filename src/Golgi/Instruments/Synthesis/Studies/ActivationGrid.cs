using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Networks.Taps;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.LinearAlgebra;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>A map of what a layer can say: activations of many images laid out by likeness, each cell shown by the
/// picture that its mean activation asks for.</summary>
/// <remarks>Carter et al. 2019 (activation atlas), with t-SNE for the layout. Owns its pictures.</remarks>
/// <param name="Cells">The cells that are filled.</param>
/// <param name="Pictures">[cells, C, H, W] in [0, 1]. Owned by this object.</param>
/// <param name="Side">Cells along a side.</param>
public sealed record ActivationGrid(IReadOnlyList<ActivationGridCell> Cells, Tensor Pictures, int Side) : IDisposable
{
    // quantiles that the layout is stretched between, so that single points do not shrink it
    private const double Outer = 0.01;
    private const int PassBatch = 64, Components = 50;

    /// <summary>Makes a grid.</summary>
    /// <param name="specimen">The network; borrowed, left as it was.</param>
    /// <param name="examples">The images; borrowed.</param>
    /// <param name="layer">A dotted name.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <returns>The caller owns it.</returns>
    public static ActivationGrid Make(
        Specimen specimen,
        Examples examples,
        string layer,
        ActivationGridOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Continue(specimen, examples, layer, options ?? new ActivationGridOptions(), null, progress, cancellation);

    /// <summary>Makes a grid, and takes the batches of icons that a job's run has kept.</summary>
    /// <inheritdoc cref="Make"/>
    /// <param name="context">The job; null: a call that is stopped begins anew.</param>
    internal static ActivationGrid Continue(
        Specimen specimen, Examples examples, string layer, ActivationGridOptions options, JobContext? context,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(examples);
        Check.Known(layer, specimen.LayerNames, "layer");
        using var scope = NewDisposeScope();
        var (activations, labels) = Collect(specimen, examples, layer, options, progress, cancellation);
        using var components = PrincipalComponents.Fit(activations, Math.Min(Components, labels.Length - 1));
        using var map = Tsne.Embed(
            components.Project(activations), new TsneOptions { Perplexity = Math.Min(30, (labels.Length - 1) / 3.0) },
            null, cancellation);
        int[] places = Places(map.Positions, options.Cells);
        var cells = new List<ActivationGridCell>();
        var directions = new List<Tensor>();
        foreach (var cell in places.Index().GroupBy(entry => entry.Item).Where(cell => cell.Count() >= options.Least).OrderBy(cell => cell.Key))
        {
            int[] members = [.. cell.Select(entry => entry.Index)];
            var commonest = members.CountBy(i => labels[i]).MaxBy(entry => entry.Value);
            cells.Add(
                new ActivationGridCell(
                    cell.Key / options.Cells, cell.Key % options.Cells, members.Length, commonest.Key, (double)commonest.Value / members.Length));
            directions.Add(activations.index_select(0, tensor(members.Select(i => (long)i).ToArray())).mean([0L]).to(ScalarType.Float32));
        }

        if (cells.Count == 0)
        {
            throw new ArgumentException($"No cell holds {options.Least} of {labels.Length} activations; ask for fewer cells or show more images.");
        }
        var icons = Icons(specimen, layer, stack(directions), options, context, progress, cancellation);
        return new ActivationGrid(cells, icons.MoveToOuterDisposeScope(), options.Cells);
    }

    /// <inheritdoc/>
    public void Dispose() => Pictures.Dispose();

    /// <summary>One random place of each image, away from the edge where the map is large enough.</summary>
    private static (Tensor Activations, long[] Labels) Collect(
        Specimen specimen, Examples examples, string layer, ActivationGridOptions options, IProgress<WorkProgress>? progress,
        CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(specimen.Network);
        using var tap = new ActivationTap(specimen.Network, [layer]);
        var random = new Philox((ulong)options.Seed, 21).Reader();
        long count = Math.Min(options.Images, examples.Count);
        var rows = new List<Tensor>();
        var labels = new List<long>();
        for (long at = 0; at < count; at += PassBatch)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var indices = tensor(Enumerable.Range((int)at, (int)Math.Min(PassBatch, count - at)).Select(i => i * examples.Count / count).ToArray());
            tap.Run(specimen.Preprocessing.Apply(examples.Read(indices)));
            rows.Add(Picked(tap[layer], random).MoveToOuterDisposeScope());
            labels.AddRange(examples.Labels.index_select(0, indices).data<long>());
            progress?.Report(new WorkProgress("activations", at, count));
        }

        return (cat(rows).to(ScalarType.Float64).MoveToOuterDisposeScope(), [.. labels]);
    }

    private static Tensor Picked(Tensor activations, PhiloxReader random)
    {
        if (activations.dim() != 4) return activations.flatten(1).clone();
        long height = activations.shape[2], width = activations.shape[3];
        return stack(Enumerable.Range(0, (int)activations.shape[0]).Select(n => activations[n].select(1, Inner(height)).select(1, Inner(width))));

        long Inner(long size) => size > 2 ? 1 + random.Next((int)size - 2) : random.Next((int)size);
    }

    /// <summary>The cell of each point, row · side + column.</summary>
    private static int[] Places(Tensor positions, int side)
    {
        using var scope = NewDisposeScope();
        var low = quantile(positions, tensor(Outer, ScalarType.Float64), 0, keepdim: false);
        var high = quantile(positions, tensor(1 - Outer, ScalarType.Float64), 0, keepdim: false);
        var place = ((positions - low) / (high - low) * side).floor().clamp(0, side - 1).to(ScalarType.Int32);
        return [.. (place.select(1, 1) * side + place.select(1, 0)).data<int>()];
    }

    private static Tensor Icons(
        Specimen specimen, string layer, Tensor directions, ActivationGridOptions options, JobContext? context,
        IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        long height = options.Size ?? specimen.InputShape[1], width = options.Size ?? specimen.InputShape[2];
        var phase = new AscentPhase { Steps = options.Steps, Transform = PresetCatalog.RobustViews(Math.Min(height, width)) };
        using var frozen = new FrozenSpecimen(specimen, [layer]);
        return PictureBatches.Make((int)directions.shape[0], options.Batch, context, specimen.Device, progress, Batch).Pictures;

        (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Batch(int first, int count, IProgress<WorkProgress>? inner)
        {
            using var scope = NewDisposeScope();
            using var objective = new DirectionObjective(layer, directions.narrow(0, first, count), options.Power);
            using var canvas = new FourierCanvas(
                new CanvasShape(count, specimen.InputShape[0], height, width), new Philox((ulong)options.Seed, (ulong)first + 1));
            GradientAscent.Run(frozen, canvas, new AscentPlan(objective, [phase]), new Philox((ulong)options.Seed), inner, cancellation);
            return (PictureUnits.Unit(canvas.Render().detach()).MoveToOuterDisposeScope(), []);
        }
    }
}

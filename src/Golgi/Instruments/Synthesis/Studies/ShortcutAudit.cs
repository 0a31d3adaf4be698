using Golgi.Data;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Networks;
using Golgi.Networks.Taps;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Looks for shortcuts: small parts of the picture, always in the same place, that decide a class by
/// themselves: a
/// watermark, a corner mark, a border.</summary>
/// <remarks>For each class and each cell of a grid, the cell of one of the class's pictures is pasted, in place, into
/// pictures of
/// other classes. An object seldom moves with a sixteenth of its picture; a watermark does. As a control, cells of
/// other
/// classes' pictures are pasted too. The survey (Nguyen, Yosinski and Clune 2019) lists the use; the test is
/// ours.</remarks>
public static class ShortcutAudit
{
    /// <summary>Searches.</summary>
    /// <param name="specimen">The network; borrowed, left as it was.</param>
    /// <param name="examples">Labelled pictures; borrowed.</param>
    /// <param name="options">How; null: the defaults.</param>
    /// <returns>Every class and cell, the greatest excess first.</returns>
    /// <exception cref="ArgumentException">The inputs are not pictures, or there is one class only.</exception>
    public static IReadOnlyList<ShortcutFinding> Run(
        Specimen specimen,
        Examples examples,
        ShortcutAuditOptions? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(examples);
        options ??= new ShortcutAuditOptions();
        if (examples.InputShape.Count != 3)
        {
            throw new ArgumentException(
                "Inputs are not pictures [C, H, W]; a part of a picture cannot be pasted.", nameof(examples));
        }
        if (options.Layer is not null) Check.Known(options.Layer, specimen.LayerNames, "layer");
        using var mode = new EvaluationMode(specimen.Network);
        long[] labels = [.. examples.Labels.data<long>()];
        long[] classes = [.. labels.Distinct().Order()];
        if (classes.Length < 2)
        {
            throw new ArgumentException(
                "All pictures have one label; a shortcut between classes needs two.", nameof(examples));
        }

        var random = new Philox((ulong)options.Seed, 31).Reader();
        var findings = new List<ShortcutFinding>();
        for (int i = 0; i < classes.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("pasting", i, classes.Length, specimen.ClassNames.ElementAtOrDefault((int)classes[i])));
            findings.AddRange(OfClass(specimen, examples, labels, classes[i], options, random));
        }

        return [.. findings.OrderByDescending(finding => finding.Excess)];
    }

    private static IReadOnlyList<ShortcutFinding> OfClass(
        Specimen specimen, Examples examples, long[] labels, long own, ShortcutAuditOptions options, PhiloxReader random)
    {
        using var scope = NewDisposeScope();
        long[] inside = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == own).Select(i => (long)i)];
        long[] outside = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] != own).Select(i => (long)i)];
        var hosts = Read(outside);
        Tensor donors = Read(inside), strangers = Read(outside);
        double before = Taken(hosts);
        var found = new List<ShortcutFinding>();
        for (int row = 0; row < options.Cells; row++)
        {
            for (int column = 0; column < options.Cells; column++)
            {
                using var inner = NewDisposeScope();
                var region = Cell(row, column, options.Cells, (int)hosts.shape[2], (int)hosts.shape[3]);
                var pasted = Paste(hosts, donors, region);
                double flips = Taken(pasted) - before, control = Taken(Paste(hosts, strangers, region)) - before;
                bool suspicious = flips - control > options.Threshold;
                found.Add(new ShortcutFinding(own, region, flips, control, suspicious, suspicious ? Reacting(specimen, options, hosts, pasted) : []));
            }
        }

        return found;

        Tensor Read(long[] from) => examples.Read(
            tensor(Enumerable.Range(0, options.Images).Select(_ => from[random.Next(from.Length)]).ToArray()));

        double Taken(Tensor pictures)
        {
            using var step = NewDisposeScope();
            var answers = specimen.Network.call(specimen.Preprocessing.Apply(pictures)).flatten(1).argmax(1);
            return answers.eq(own).to(ScalarType.Float64).mean().item<double>();
        }
    }

    private static Region Cell(int row, int column, int cells, int height, int width)
    {
        int top = row * height / cells, left = column * width / cells;
        return new Region(top, left, ((row + 1) * height / cells) - top, ((column + 1) * width / cells) - left);
    }

    private static Tensor Paste(Tensor hosts, Tensor donors, Region region)
    {
        var pasted = hosts.clone();
        pasted.narrow(2, region.Top, region.Height).narrow(3, region.Left, region.Width)
            .copy_(donors.narrow(2, region.Top, region.Height).narrow(3, region.Left, region.Width));
        return pasted;
    }

    /// <summary>Units by the change of their greatest activation, over its standard deviation among the
    /// hosts.</summary>
    private static List<KeyValuePair<int, double>> Reacting(
        Specimen specimen, ShortcutAuditOptions options, Tensor hosts, Tensor pasted)
    {
        if (options.Layer is null) return [];
        using var tap = new ActivationTap(specimen.Network, [options.Layer]);
        var before = Peaks(hosts);
        var change = (Peaks(pasted) - before).mean([0L]) / before.std(0).clamp_min(1e-6);
        double[] values = [.. change.to(ScalarType.Float64).data<double>()];
        return [.. values.Select((value, unit) => KeyValuePair.Create(unit, value)).OrderByDescending(entry => entry.Value).Take(options.Units)];

        Tensor Peaks(Tensor pictures)
        {
            tap.Run(specimen.Preprocessing.Apply(pictures));
            var activations = tap[options.Layer!];
            return (activations.dim() > 2 ? activations.flatten(2).amax([2]) : activations).clone();
        }
    }
}

using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Networks;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>One network, one target and one way of working: makes batches of pictures.</summary>
internal sealed class PictureSynthesizer : IDisposable
{
    private const int MostPatchSide = 8, PatchCount = 4096, SpectrumImages = 200;
    private readonly Specimen specimen;
    private readonly Target target;
    private readonly VisualizationOptions options;
    private readonly Preset preset;
    private readonly LogitSource logits;
    private readonly FrozenSpecimen frozen;
    private readonly List<IDisposable> owned = [];
    private readonly Objective? prior; // log p(x) up to a constant: minus the energies
    private readonly (long Height, long Width) input;
    private readonly long channels, height, width;
    private Tensor? magnitudes;

    public PictureSynthesizer(Specimen specimen, Target target, VisualizationOptions options)
    {
        this.specimen = specimen;
        this.target = target;
        this.options = options;
        (height, width) = SizeOf(specimen, options);
        channels = specimen.InputShape[0];
        input = (specimen.InputShape[1], specimen.InputShape[2]);
        preset = PresetCatalog.Find(options.Preset, Math.Min(height, width));
        if (options.Priors is { } priors) preset = priors.ApplyTo(preset);
        if (preset.Enlargement > 1) preset = preset.For(input);
        if (options.Steps is { } steps) preset = preset.WithSteps(steps);
        foreach (string name in target.Layers) Check.Known(name, specimen.LayerNames, "layer");
        logits = LogitSource.Find(specimen);
        prior = NewPrior();
        frozen = new FrozenSpecimen(
            specimen, [.. logits.Layers, .. target.Layers, .. Diversity is { } layer ? (string[])[layer] : []]);
        owned.Add(frozen);
        Validate();
    }

    /// <summary>Pictures that climb together: fewer where each is seen in many views.</summary>
    public int Batch => Math.Max(1, options.Batch / preset.Views);

    private string? Diversity => options.Diversity > 0
        ? options.DiversityLayer ?? target.Layer ?? throw new ArgumentException(
            "Diversity of pictures of a class needs a layer to be measured in. Name one.")
        : null;

    public (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Make(
        long[] units, int first, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var scope = NewDisposeScope();
        using var canvas = NewCanvas(units.Length, first);
        var start = Measure(canvas.Render().detach(), units);
        var plan = PlanFor(units) with { First = first };
        var traces = GradientAscent.Run(frozen, canvas, plan, new Philox((ulong)options.Seed), progress, cancellation);
        using var _ = no_grad();
        var raw = canvas.Render().detach().clamp(0, PictureUnits.White);
        if (raw.shape[2] > height || raw.shape[3] > width) raw = Resample.To(raw, height, width);
        var end = Measure(raw, units);
        var pictures = PictureUnits.Unit(raw);
        bool large = Math.Min(raw.shape[2], raw.shape[3]) >= Spectrum.LeastSide;
        var found = units.Select((unit, n) => new PreferredPicture(
            unit, target.Name(specimen, unit), end[n].Activation, end[n].Probability, end[n].Rank, traces[n].Steps, start[n].Activation,
            traces[n].Outcome, large ? Spectrum.Slope(pictures[n]) : null, traces[n])).ToArray();
        return (pictures.MoveToOuterDisposeScope(), found);
    }

    public void Dispose()
    {
        foreach (var item in owned) item.Dispose();
    }

    /// <summary>The size asked for, or else the network's input, enlarged as the preset has it.</summary>
    private static (long Height, long Width) SizeOf(Specimen specimen, VisualizationOptions options)
    {
        if (specimen.InputShape is not [_, var rows, var columns])
        {
            throw new ArgumentException(
                $"Inputs of {specimen.Name} are {Check.Describe([.. specimen.InputShape])}; pictures can be made for inputs [C, H, W] only.");
        }

        if (options.Size is { } size) return (Check.Positive(size.Height, "size"), Check.Positive(size.Width, "size"));
        double factor = PresetCatalog.Find(options.Preset, Math.Min(rows, columns)).Enlargement;
        return ((long)Math.Round(rows * factor), (long)Math.Round(columns * factor));
    }

    /// <summary>Looks once at a gray picture in every size that the network will see: do they fit, and are there such
    /// units?</summary>
    private void Validate()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        double scale = 1;
        foreach (var (phase, _) in preset.Phases)
        {
            scale *= preset.Windowed ? 1 : phase.Enlarge;
            var gray = full([1, channels, Scaled(height), Scaled(width)], PictureUnits.White / 2);
            var view = phase.Transform.Apply(gray, new Philox(0).Reader());
            ForwardPass pass;
            try
            {
                pass = frozen.Look(view, gray);
            }
            catch (System.Runtime.InteropServices.ExternalException error)
            {
                throw new ArgumentException(
                    $"{specimen.Name} does not take pictures of {view.shape[2]}x{view.shape[3]}, as the size, the views or the preset "
                    + $"would have it; its own size is {specimen.InputShape[1]}x{specimen.InputShape[2]}.",
                    error);
            }

            target.Validate(target.Layer is null ? logits.Classes : pass[target.Layer].shape[1]);
            target.Whole?.Score(pass); // a unit that is not there is told here
        }

        long Scaled(long pixels) => Math.Max(1, (long)Math.Round(pixels * scale));
    }

    private Canvas NewCanvas(int count, int first)
    {
        var shape = new CanvasShape(count, channels, height, width);
        var noise = new Philox((ulong)options.Seed, (ulong)first + 1);
        var canvas = preset.Canvas.Make(new CanvasRequest(shape, noise)
        {
            Mean = MeanLevel.Of(specimen.Preprocessing, channels),
            Start = preset.Start,
            Magnitudes = Magnitudes,
        });
        if (options.Start is { } start) canvas.Paint(StartPictures(start, count, first));
        return canvas;
    }

    private Tensor StartPictures(Tensor start, int count, int first)
    {
        var pictures = start.dim() == 3 ? start.unsqueeze(0) : start;
        if (pictures.shape[1] != channels)
        {
            throw new ArgumentException($"The start has {pictures.shape[1]} channels; the network takes {channels}.");
        }
        var raw = Resample.To(pictures.to(ScalarType.Float32), height, width);
        return raw.index_select(0, tensor(Enumerable.Range(first, count).Select(n => n % raw.shape[0]).ToArray()));
    }

    private Tensor Magnitudes()
    {
        if (magnitudes is not null) return magnitudes;
        magnitudes = (specimen.Data is { } data && data.InputShape is [var depth, _, _] && depth == channels
            ? Spectrum.Magnitudes(data.Train, SpectrumImages, height, width)
            : Spectrum.Natural(channels, height, width)).DetachFromDisposeScope();
        owned.Add(magnitudes);
        return magnitudes;
    }

    private WeightedSum? NewPrior()
    {
        if (preset.Energies.Count == 0) return null;
        using var patches = preset.NeedsImages ? Patches() : null;
        var images = patches is null ? null : new NaturalPatches(specimen.Data!.Train, patches, PatchSide, (ulong)options.Seed);
        return new WeightedSum([.. preset.Energies.Select(energy => (-energy.Weight, Owned(energy, energy.Energy(images))))]);
    }

    private Objective Owned(Prior source, Objective energy)
    {
        if (source.Role == PriorRole.EnergyOfImages && energy is IDisposable disposable) owned.Add(disposable);
        return energy;
    }

    private int PatchSide => (int)Math.Min(MostPatchSide, Math.Min(height, width) / 2);

    private Tensor Patches()
    {
        var images = specimen.Data?.Train
            ?? throw new ArgumentException(
                $"{preset.Name} takes patches from images, and {specimen.Name} comes without data. Name a data set.");
        return PatchEnergy.Collect(images, PatchSide, PatchCount, new Philox((ulong)options.Seed, 7));
    }

    /// <summary>Where a phase has drifts, the prior is one of them, and the objective is a condition, a log probability; elsewhere both are
    /// climbed as one.</summary>
    private AscentPlan PlanFor(long[] units)
    {
        bool probabilistic = preset.Phases.Any(phase => phase.Phase.Drifts.Count > 0);
        var byDefault = options.Scale ?? (probabilistic ? ClassScale.LogProbability : ClassScale.Logit);
        return new AscentPlan(
            Whole(byDefault),
            [.. preset.Phases.Select(phase => phase.Phase with { Objective = Whole(options.Scale ?? phase.Scale ?? byDefault) })])
        {
            Prior = prior,
            Window = preset.Windowed ? (height, width) : null,
        };

        Objective Whole(ClassScale scale)
        {
            var objective = target.For(units, logits, scale);
            if (Diversity is { } layer) objective += options.Diversity * new DiversityObjective(layer);
            return prior is null || probabilistic ? objective : objective + prior;
        }
    }

    /// <summary>How active each picture's unit is, and where it stands among the others.</summary>
    private (double Activation, double? Probability, int? Rank)[] Measure(Tensor raw, long[] units)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        bool shrinks = preset.Enlargement > 1 && (height > input.Height || width > input.Width);
        var pass = frozen.Look(shrinks ? Resample.To(raw, input.Height, input.Width) : raw);
        if (target.Whole is { } objective)
        {
            return [.. objective.Score(pass).to(ScalarType.Float64).contiguous().data<double>()
                .Select(score => (score, (double?)null, (int?)null))];
        }

        var answer = target.Layer is null ? logits.Read(pass) : ShareObjective.Values(pass[target.Layer], target.Position);
        var values = answer.to(ScalarType.Float64);
        var index = tensor(units).unsqueeze(1);
        var own = values.gather(1, index);
        double[] activation = [.. own.contiguous().data<double>()];
        double[] probability = [.. values.softmax(1).gather(1, index).contiguous().data<double>()];
        int[] rank = [.. (values.gt(own).sum(1) + 1).to(ScalarType.Int32).data<int>()];
        return [.. units.Select((unit, n) => (activation[n], (double?)probability[n], (int?)rank[n]))];
    }
}

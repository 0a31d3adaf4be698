using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Ascent.Transforms;
using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Presets;

/// <summary>Single priors and settings, to change a preset by. What is null stays as the preset has it; a weight of 0
/// takes the prior away.</summary>
public sealed record PriorOptions
{
    private const double OctaveFactor = 1.4; // of Mordvintsev et al. 2015

    /// <summary>What is varied.</summary>
    public CanvasKind? Canvas { get; init; }

    /// <summary>What plain pixels start from.</summary>
    public PictureStart? Start { get; init; }

    /// <summary>How a gradient becomes a step.</summary>
    public StepRule? Rule { get; init; }

    /// <summary>Sizes among which the steps are shared out, each 1.4 times the one before, up to the size asked
    /// for; for plain pixels. Replaces the preset's own sizes.</summary>
    public int? Octaves { get => field; init => field = value is { } count ? (int)Check.InRange(count, 1, 12, nameof(Octaves)) : null; }

    /// <summary>Weight of the L2 energy Σ (x − mean)².</summary>
    public double? L2 { get; init; }

    /// <summary>Weight and α of the α-norm energy.</summary>
    public (double Weight, double Alpha)? AlphaNorm { get; init; }

    /// <summary>Weight, kind and β of the total variation energy.</summary>
    public (double Weight, TotalVariationKind Kind, double Beta)? TotalVariation { get; init; }

    /// <summary>Weight and standard deviation of the blur energy.</summary>
    public (double Weight, double Sigma)? BlurEnergy { get; init; }

    /// <summary>Weight of the patch energy.</summary>
    public double? Patches { get; init; }

    /// <summary>Weight of the patch mixture.</summary>
    public double? Mixture { get; init; }

    /// <summary>λ of the decay after each step.</summary>
    public double? Decay { get; init; }

    /// <summary>Standard deviation and period of the blur.</summary>
    public (double Sigma, int Every)? Blur { get; init; }

    /// <summary>Percentile of pixels of small norm that are clipped.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Percentile of pixels of small contribution that are clipped.</summary>
    public double? ClipContribution { get; init; }

    /// <summary>Fidelity weight of the total variation denoising step, its kind and method; a weight of 0 takes it
    /// away.</summary>
    public (double Weight, TotalVariationKind Kind, TvMethod Method)? Denoise { get; init; }

    /// <summary>The solver of the preset's own total variation denoising.</summary>
    public TvMethod? DenoiseMethod { get; init; }

    /// <summary>σ of space and of color of the bilateral filter.</summary>
    public (double Space, double Color)? Bilateral { get; init; }

    /// <summary>The views that pictures must survive.</summary>
    public Transform? Transform { get; init; }

    /// <summary>Applies the changes.</summary>
    /// <exception cref="ArgumentException">A start is given for what is no plain pixels, a solver where the preset does not denoise, or a weight
    /// is negative.</exception>
    internal Preset ApplyTo(Preset preset)
    {
        if (Start is not null && (Canvas ?? preset.Canvas) != CanvasKind.Pixels)
        {
            throw new ArgumentException(
                $"{preset.Name} does not vary plain pixels, and only they start from a level or noise. Take the pixel canvas.");
        }

        if (DenoiseMethod is not null && !preset.Phases.SelectMany(phase => phase.Phase.Operators).Any(change => change is TvDenoise))
        {
            throw new ArgumentException($"{preset.Name} has no total variation denoising whose method could change. Add it with a weight.");
        }

        var energies = preset.Energies.ToList();
        Replace<AlphaNorm>(energies, L2 is { } l2 ? (l2, new AlphaNorm(2)) : null, norm => norm.Alpha == 2);
        Replace<AlphaNorm>(energies, AlphaNorm is { } alpha ? (alpha.Weight, new AlphaNorm(alpha.Alpha)) : null, norm => norm.Alpha != 2);
        Replace<TotalVariation>(
            energies, TotalVariation is { } tv ? (tv.Weight, new TotalVariation(tv.Kind, tv.Beta)) : null);
        Replace<BlurEnergy>(energies, BlurEnergy is { } blur ? (blur.Weight, new BlurEnergy(blur.Sigma)) : null);
        return preset with
        {
            Canvas = Canvas ?? preset.Canvas,
            Start = Start ?? preset.Start,
            Energies = energies,
            PatchWeight = Check.NotNegative(Patches ?? preset.PatchWeight, nameof(Patches)),
            MixtureWeight = Check.NotNegative(Mixture ?? preset.MixtureWeight, nameof(Mixture)),
            Phases = [.. Resized(preset).Select(phase => phase with
            {
                Phase = phase.Phase with
                {
                    Rule = Rule ?? phase.Phase.Rule,
                    Transform = Transform ?? phase.Phase.Transform,
                    Operators = Operators(phase.Phase.Operators),
                },
            })],
        };
    }

    private IReadOnlyList<PresetPhase> Resized(Preset preset)
    {
        if (Octaves is not { } count) return preset.Phases;
        var like = preset.Phases[^1];
        return [.. Enumerable.Range(0, count).Select(octave => like with
        {
            Phase = like.Phase with
            {
                Steps = Math.Max(1, preset.Steps / count),
                Enlarge = octave == 0 ? Math.Pow(OctaveFactor, 1 - count) : OctaveFactor,
            },
        })];
    }

    /// <summary>In the order of Yosinski et al. 2015; filters after, the clamp last.</summary>
    private List<PixelOperator> Operators(IReadOnlyList<PixelOperator> old)
    {
        if (DenoiseMethod is { } solver) old = [.. old.Select(item => item is TvDenoise denoise ? denoise.By(solver) : item)];
        if (!AnyOperator) return [.. old];
        var kept = new List<PixelOperator>();
        Add<Decay>(Decay, value => new Decay(value));
        Add<BlurEvery>(Blur?.Sigma, value => new BlurEvery(value, Blur!.Value.Every));
        Add(ClipNorm, value => new ClipPixels(ClipKind.Norm, value), clip => clip.Kind == ClipKind.Norm);
        Add(ClipContribution, value => new ClipPixels(ClipKind.Contribution, value), clip => clip.Kind == ClipKind.Contribution);
        Add<BilateralFilter>(Bilateral?.Space, value => new BilateralFilter(value, Bilateral!.Value.Color));
        Add<TvDenoise>(
            Denoise?.Weight, value => new TvDenoise(value, value, Denoise!.Value.Kind, Denoise.Value.Method));
        kept.AddRange(old.Where(item => item is FixedNorm));
        if (kept.Count > 0 || old.Any(item => item is ClampRange)) kept.Add(new ClampRange());
        return kept;

        void Add<T>(double? value, Func<double, T> make, Func<T, bool>? isIt = null)
            where T : PixelOperator
        {
            if (value is null) kept.AddRange(old.OfType<T>().Where(item => isIt is null || isIt(item)));
            else if (value > 0) kept.Add(make(value.Value));
        }
    }

    private bool AnyOperator =>
        (Decay, Blur, ClipNorm, ClipContribution) is not (null, null, null, null) || (Denoise, Bilateral) is not (null, null);

    private static void Replace<T>(
        List<(double Weight, Objective Energy)> energies, (double Weight, T Energy)? change, Func<T, bool>? isIt = null)
        where T : Objective
    {
        if (change is not { } value) return;
        energies.RemoveAll(entry => entry.Energy is T energy && (isIt is null || isIt(energy)));
        if (Check.NotNegative(value.Weight) > 0) energies.Add((value.Weight, value.Energy));
    }
}

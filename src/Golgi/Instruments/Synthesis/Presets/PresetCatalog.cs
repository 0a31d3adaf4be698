using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Ascent.Transforms;
using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Presets;

/// <summary>The settings of published works, by name.</summary>
/// <remarks>Where a work leaves a value open it is ours, and the preset's code says so.</remarks>
public static class PresetCatalog
{
    private const double ReferenceSide = 227; // of CaffeNet, for which most pixel amounts were stated
    private const int MacoCrops = 32; // a step

    private static readonly Dictionary<string, Func<long, Preset>> Makers = new()
    {
        ["erhan2009"] = Erhan,
        ["simonyan2013"] = Simonyan,
        ["yosinski2015-1"] = _ => Yosinski(
            1, 500, new ProgressStep(100, 2), new BlurEvery(0.5, 4), new ClipPixels(ClipKind.Norm, 50)),
        ["yosinski2015-2"] = _ => Yosinski(
            2, 750, new ConstantStep(100), new Decay(0.3), new ClipPixels(ClipKind.Norm, 20)),
        ["yosinski2015-3"] = _ => Yosinski(3, 1000, new ConstantStep(100), new Decay(1e-4), new BlurEvery(1, 4)),
        ["yosinski2015-4"] = _ =>
            Yosinski(
                4, 1000, new ProgressStep(1e8, 2), new BlurEvery(0.5, 4), new ClipPixels(ClipKind.Contribution, 90)),
        ["mahendran2015"] = Mahendran,
        ["mordvintsev2015"] = Mordvintsev,
        ["wei2015"] = Wei,
        ["oygard2015"] = Oygard,
        ["olah2017"] = Olah,
        ["nguyen2016-mfv"] = MfvCenter,
        ["nguyen2016-mfv-mean"] = MfvMean,
        ["fel2023-maco"] = _ => Maco,
        ["fel2023-maco-light"] = _ => MacoLight,
        ["pixels"] = Pixels,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => [.. Makers.Keys];

    /// <summary>A preset for pictures of a size.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="side">The smaller side of the picture, to which amounts in pixels are scaled.</param>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public static Preset Find(string name, long side) =>
        Makers[Check.Known(name, Makers.Keys, "preset")](Check.Positive(side));

    /// <summary>The robust views of lucid: shifts, scales 0.9 to 1.1, turns of up to 10 degrees, shifts again; stated
    /// for 128 pixels.</summary>
    public static TransformChain RobustViews(long side) => new(
        new Jitter(Pixels(8, side, 128)),
        new Rescale(Enumerable.Range(0, 11).Select(i => 0.9 + (0.02 * i)).ToArray()),
        new Rotate([.. Enumerable.Range(-10, 21).Select(angle => (double)angle), 0, 0, 0, 0, 0]),
        new Jitter(Pixels(4, side, 128)));

    private static Preset Erhan(long side) => new()
    {
        Name = "erhan2009",
        Description = "Erhan et al. 2009: plain ascent from even noise, the picture's norm held where natural images "
            + "have it.",
        Start = new PictureStart(0, Uniform: true),
        // The norm is the work's own idea; its value, 64 gray levels of root mean square, and the step are ours.
        Phases = [new(new AscentPhase { Steps = 200, Rule = new NormalizedStep(2), Operators = [new FixedNorm(64), new ClampRange()] })],
    };

    private static Preset Simonyan(long side) => new()
    {
        Name = "simonyan2013",
        Description = "Simonyan et al. 2013: the logit with an L2 penalty, from the mean picture.",
        // The work does not state its step nor its λ; these are ours.
        Phases = [new(new AscentPhase { Steps = 500, Rule = new NormalizedStep(1), Operators = [new Decay(0.01)] })],
    };

    private static Preset Yosinski(int row, int steps, StepRule rule, params PixelOperator[] operators) => new()
    {
        Name = $"yosinski2015-{row}",
        Description = $"Yosinski et al. 2015, row {row} of its table: decay, blur and clipping of pixels after each step.",
        Start = new PictureStart(10),
        // The clamp is the first thing of the next iteration in the work.
        Phases = [new(new AscentPhase { Steps = steps, Rule = rule, Operators = [.. operators, new ClampRange()] })],
    };

    private static Preset Mahendran(long side)
    {
        // Mahendran and Vedaldi 2016, the later form with natural units: |x| is compared with B = 80 gray levels and
        // steps with
        // V = B / 6.5, both per pixel, so that the two penalties are 1 where they begin to matter.
        double bound = 80 / 255.0, variation = bound / 6.5, pixels = (double)side * side;
        return new Preset
        {
            Name = "mahendran2015",
            Description = "Mahendran and Vedaldi 2015: natural pre-images, α-norm with α = 6, total variation with β "
                + "= 2, jitter.",
            Start = new PictureStart(10),
            Energies =
            [
                PriorCatalog.Make("alpha-norm", 1 / (pixels * Math.Pow(bound, 6))),
                PriorCatalog.Make("tv", 1 / (pixels * Math.Pow(variation, 2))),
            ],
            Phases =
            [
                new(Clamped(300, new AdamStep(4)) with { Transform = new Roll(Pixels(4, side, 224)) }),
                new(Clamped(100, new AdamStep(1))),
            ],
        };
    }

    private static Preset Mordvintsev(long side) => new()
    {
        Name = "mordvintsev2015",
        Description = "Mordvintsev et al. 2015 (DeepDream): four sizes a factor of 1.4 apart, ten steps each, shifts "
            + "around the border.",
        Start = new PictureStart(8),
        Phases = [.. Enumerable.Range(0, 4).Select(octave => new PresetPhase(Clamped(10, new NormalizedStep(1.5)) with
        {
            Transform = new Roll(Pixels(32, side, 224)),
            Enlarge = octave == 0 ? Math.Pow(1.4, -3) : 1.4,
        }))],
    };

    private static Preset Wei(long side) => new()
    {
        Name = "wei2015",
        Description = "Wei et al. 2015: patches near those of natural images, which brings their colors.",
        Start = new PictureStart(10),
        // The weights are ours: the work's are for another scale of logits.
        Energies = [PriorCatalog.Make("tv", 0.02), PriorCatalog.Make("patches", 50)],
        Phases = [new(Clamped(300, new NormalizedStep(2, 0.5)))],
    };

    private static Preset Oygard(long side) => new()
    {
        Name = "oygard2015",
        Description = "Øygard 2015 (deepdraw): three sizes, a blur that narrows, a window that wanders.",
        Start = new PictureStart(8, 200),
        Windowed = true,
        Phases =
        [
            new(Blurred(190, 11, 11, 2.5, 0.78, side)),
            new(Blurred(150, 6, 6, 0.94, 0.78, side) with { Enlarge = 1.2 }),
            new(Blurred(150, 6, 3, 0.94, 0.44, side) with { Enlarge = 1.2 }),
            new(Blurred(10, 3, 3, 0.44, 0.304, side)),
        ],
    };

    private static Preset Olah(long side) => new()
    {
        Name = "olah2017",
        Description = "Olah et al. 2017: Fourier coefficients with decorrelated colors, robust to shifts, scales and "
            + "turns.",
        Canvas = CanvasCatalog.Find("fourier"),
        Phases = [new(new AscentPhase { Steps = 512, Rule = new AdamStep(0.05), Transform = RobustViews(side) })],
    };

    private static Preset MfvCenter(long side) => new()
    {
        Name = "nguyen2016-mfv",
        Description = "Nguyen et al. 2016 (MFV): the center-biased schedule, total variation denoising after each "
            + "step.",
        Start = new PictureStart(8, 175),
        Windowed = true,
        Phases =
        [
            new(Denoised(190, 11, 11, 0.001, 0.05, side), ClassScale.Probability),
            new(Denoised(150, 6, 6, 0.01, 0.08, side) with { Enlarge = 1.2 }, ClassScale.Probability),
            new(Denoised(150, 1, 1, 0.01, 2, side) with { Enlarge = 1.2 }),
            new(Denoised(30, 3, 3, 0.1, 2, side) with { Spread = 0.1, Margin = 50 / ReferenceSide }),
            new(Denoised(10, 6, 3, 0.01, 2, side)),
        ],
    };

    private static Preset MfvMean(long side) => new()
    {
        Name = "nguyen2016-mfv-mean",
        Description = "Nguyen et al. 2016 (MFV): the schedule for a start from the mean of a facet's images.",
        Start = new PictureStart(8, 175),
        Windowed = true,
        Phases =
        [
            new(Denoised(190, 1, 2, 0.4, 0.4, side)),
            new(Denoised(150, 1, 1, 0.01, 2, side) with { Enlarge = 1.2 }),
            new(Denoised(20, 2, 2, 0.1, 2, side) with { Enlarge = 1.2, Spread = 0.2, Margin = 50 / ReferenceSide }),
            new(Denoised(10, 2, 2, 0.4, 2, side)),
        ],
    };

    // Noise is stated for values from -1 to 1: half as much of the range.
    private static Preset Maco => Phased(
        new RandomCrops(MacoCrops, 0.5, 0.05), new AdditiveNoise(Levels(0.08 / 2), Levels(0.04 / 2), MacoCrops), rate: 1) with
    {
        Name = "fel2023-maco",
        Description = "Fel et al. 2023 (MaCo): Fourier phases under the magnitudes of natural images, 32 crops a step from half the "
            + "picture down to a twentieth; pictures of 512 pixels for a network that takes 224.",
        Enlargement = 512.0 / 224,
    };

    private static Preset MacoLight => Phased(new RandomCrops(1, 0.9, 0.9) { Inside = true }, new AdditiveNoise(Levels(0.02)), rate: 0.1) with
    {
        Name = "fel2023-maco-light",
        Description = "MaCo for machines without a GPU: one large crop a step, and a step size to fit.",
    };

    private static Preset Phased(RandomCrops crops, AdditiveNoise noise, double rate) => new()
    {
        Name = "",
        Description = "",
        Canvas = CanvasCatalog.Find("phase"),
        Phases =
        [
            new(new AscentPhase
            {
                Steps = 256,
                Rule = new AdamStep(rate, Nesterov: true),
                Transform = new TransformChain(crops, noise),
            }),
        ],
    };

    private static Preset Pixels(long side) => new()
    {
        Name = "pixels",
        Description = "No prior at all: pixels behind a sigmoid, Adam. What the others are compared with.",
        Canvas = CanvasCatalog.Find("sigmoid"),
        Phases = [new(new AscentPhase { Steps = 256, Rule = new AdamStep(0.05) })],
    };

    private static AscentPhase Clamped(int steps, StepRule rule) => new()
    {
        Steps = steps,
        Rule = rule,
        Operators = [new ClampRange()],
    };

    private static AscentPhase Blurred(int steps, double first, double last, double sigma, double lastSigma, long side)
    {
        return new AscentPhase
        {
            Steps = steps,
            Rule = new NormalizedStep(first, last),
            Operators = [new BlurEvery(Width(sigma), 1, Width(lastSigma)), new ClampRange()],
        };

        double Width(double pixels) => Math.Max(0.3, pixels * Shrunk(side)); // a narrower blur does nothing
    }

    /// <summary>The denoising iterations spread a pixel over a distance that grows with the root of their number; on
    /// smaller pictures than the
    /// work's there are fewer of them, so that they reach as large a share of the picture.</summary>
    private static AscentPhase Denoised(int steps, double first, double last, double weight, double lastWeight, long side)
    {
        int iterations = Math.Max(1, (int)Math.Round(100 * Math.Pow(Shrunk(side), 2)));
        return new AscentPhase
        {
            Steps = steps,
            Rule = new NormalizedStep(first, last),
            Operators = [new ClampRange(), new TvDenoise(weight, lastWeight, iterations: iterations)],
        };
    }

    private static double Shrunk(long side) => Math.Min(1, side / ReferenceSide);

    private static double Levels(double share) => share * PictureUnits.White;

    private static int Pixels(double amount, long side, double reference) =>
        Math.Max(1, (int)Math.Round(amount * side / reference));
}

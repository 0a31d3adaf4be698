using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Instruments.Synthesis.Presets;

namespace Golgi.App.Commands.See;

/// <summary>One option for each prior and setting, to change a preset by; 0 takes a prior away.</summary>
internal sealed class PriorFlags
{
    public Option<string?> Canvas { get; } = new("--canvas")
    {
        Description = "What is varied: pixels, sigmoid (pixels behind one), fourier (frequency preconditioning), "
            + "pyramid (Laplacian) or phase.",
    };

    public Option<string?> Start { get; } = new("--start")
    {
        Description = "mean, noise or uniform for plain pixels; or an image file: a mean image, a photograph.",
    };

    public Option<string?> Optimizer { get; } = new("--optimizer")
    {
        Description = "adam, nadam, constant (rate times gradient), normalized (rate is the average change of a pixel) or progress "
            + "(rate is the rise of the objective, to first order).",
    };

    public Option<double?> Rate { get; } = new("--rate") { Description = "Step size of --optimizer." };

    public Option<int?> Octaves { get; } = new("--octaves")
    {
        Description = "Sizes, each 1.4 times the one before, among which the steps are shared out; for plain pixels.",
    };

    public Option<double?> L2 { get; } = new("--l2")
    {
        Description = "Weight of the energy sum of squares of pixels less the mean.",
    };

    public Option<double?> AlphaNorm { get; } = new("--alpha-norm")
    {
        Description = "Weight of the alpha-norm energy.",
    };

    public Option<double> Alpha { get; } = new("--alpha")
    {
        Description = "Its exponent.",
        DefaultValueFactory = _ => 6,
    };

    public Option<double?> Tv { get; } = new("--tv") { Description = "Weight of the total variation energy." };

    public Option<string> TvKind { get; } = new Option<string>("--tv-kind")
    {
        Description = "isotropic or anisotropic.",
        DefaultValueFactory = _ => "isotropic",
    }.AcceptOnlyFromAmong("isotropic", "anisotropic");

    public Option<double> TvBeta { get; } = new("--tv-beta")
    {
        Description = "Exponent of the isotropic form: 2 smooth, 1 sharp edges.",
        DefaultValueFactory = _ => 2,
    };

    public Option<double?> BlurEnergy { get; } = new("--blur-energy")
    {
        Description = "Weight of the distance to the blurred picture.",
    };

    public Option<double?> Denoise { get; } = new("--tv-denoise")
    {
        Description = "Fidelity weight of total variation denoising after each step; smaller smooths more.",
    };

    public Option<string> DenoiseMethod { get; } = new Option<string>("--tv-method")
    {
        Description = "How --tv-denoise or the preset denoises: bregman (as published) or dual (to the minimum, faster).",
        DefaultValueFactory = _ => "bregman",
    }.AcceptOnlyFromAmong("bregman", "dual");

    public Option<double?> Decay { get; } = new("--decay")
    {
        Description = "Share by which pixels decay towards the mean after each step.",
    };

    public Option<double?> Blur { get; } = new("--blur")
    {
        Description = "Standard deviation of a blur after a step, in pixels.",
    };

    public Option<int> BlurEvery { get; } = new("--blur-every")
    {
        Description = "Blur in every k-th step.",
        DefaultValueFactory = _ => 4,
    };

    public Option<double?> ClipNorm { get; } = new("--clip-norm")
    {
        Description = "Percentile of pixels of small norm to clip after each step.",
    };

    public Option<double?> ClipContribution { get; } = new("--clip-contribution")
    {
        Description = "Percentile of pixels of small contribution to clip after each step.",
    };

    public Option<double?> Bilateral { get; } = new("--bilateral")
    {
        Description = "Standard deviation in pixels of a filter that keeps edges.",
    };

    public Option<double> BilateralColor { get; } = new("--bilateral-color")
    {
        Description = "Its standard deviation in gray levels.",
        DefaultValueFactory = _ => 30,
    };

    public Option<double?> Patches { get; } = new("--patches")
    {
        Description = "Weight of nearness to patches of the data set's images.",
    };

    public Option<double?> Mixture { get; } = new("--patch-mixture")
    {
        Description = "Weight of the log density of patches under a mixture of Gaussians fitted to the data set.",
    };

    public Option<string?> Views { get; } = new("--views")
    {
        Description = $"What a picture must survive: {ViewChoice.Usage}.",
    };

    public Option<string?> Langevin { get; } = new("--langevin")
    {
        Description = "The probabilistic form: E1,E2,E3 for x + E1 dlog p(x) + E2 dlog p(y|x) + N(0, E3^2); the "
            + "energies are -log p(x). Add ,unit to scale both terms to one size first.",
    };

    public void AddTo(Command command)
    {
        Rate.OnlyWith(Optimizer);
        Optimizer.NotWith(Langevin);
        Alpha.OnlyWith(AlphaNorm);
        TvKind.OnlyWith(Tv, Denoise);
        TvBeta.OnlyWith(Tv);
        BlurEvery.OnlyWith(Blur);
        BilateralColor.OnlyWith(Bilateral);
        Option[] all =
        [
            Canvas, Start, Optimizer, Rate, Octaves, L2, AlphaNorm, Alpha, Tv, TvKind, TvBeta, BlurEnergy, Denoise, DenoiseMethod, Decay,
            Blur, BlurEvery, ClipNorm, ClipContribution, Bilateral, BilateralColor, Patches, Mixture, Views, Langevin,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>The changes that were asked for.</summary>
    /// <param name="size">The pictures' size.</param>
    public PriorOptions Read(Session session, (long Height, long Width) size)
    {
        var kind = session.Value(TvKind) == "isotropic" ? TotalVariationKind.Isotropic : TotalVariationKind.Anisotropic;
        var method = session.Value(DenoiseMethod) == "dual" ? TvMethod.Dual : TvMethod.SplitBregman;
        return new PriorOptions
        {
            Canvas = session.Value(Canvas) is { } canvas ? CanvasCatalog.Find(canvas) : null,
            Start = session.Value(Start) switch
            {
                "mean" => PictureStart.Mean,
                "noise" => new PictureStart(10),
                "uniform" => new PictureStart(0, Uniform: true),
                _ => null,
            },
            Rule = Rule(session),
            Drifts = session.Value(Langevin) is { } text ? Probabilistic(text) : null,
            Octaves = session.Value(Octaves),
            Priors = [.. Priors(session, kind, method)],
            DenoiseMethod = session.Given(DenoiseMethod) && session.Value(Denoise) is null ? method : null,
            Transform = session.Value(Views) is { } views ? ViewChoice.Parse(views, size, "--views") : null,
        };
    }

    /// <summary>The start's image file, if that is what <c>--start</c> names.</summary>
    public string? StartFile(Session session)
    {
        if (session.Value(Start) is not { } start || start is "mean" or "noise" or "uniform") return null;
        return File.Exists(start)
            ? start
            : throw new ArgumentException(
                $"--start is '{start}'; it must be mean, noise, uniform or an image file that is there.");
    }

    private IEnumerable<Prior> Priors(Session session, TotalVariationKind kind, TvMethod method)
    {
        (Option<double?> Amount, (string Name, double Value)[] Parameters)[] all =
        [
            (L2, []), (AlphaNorm, [("alpha", session.Value(Alpha))]), (Tv, [("tv-kind", (double)kind), ("tv-beta", session.Value(TvBeta))]),
            (BlurEnergy, []), (Patches, []), (Mixture, []), (Decay, []), (Blur, [("blur-every", session.Value(BlurEvery))]), (ClipNorm, []),
            (ClipContribution, []), (Bilateral, [("bilateral-color", session.Value(BilateralColor))]),
            (Denoise, [("tv-kind", (double)kind), ("tv-method", (double)method)]),
        ];
        return all.Where(prior => session.Value(prior.Amount) is not null)
            .Select(prior => PriorCatalog.Make(prior.Amount.Name[2..], session.Value(prior.Amount)!.Value, prior.Parameters));
    }

    private StepRule? Rule(Session session)
    {
        if (session.Value(Optimizer) is not { } name) return null;
        var kind = RuleCatalog.Find(name);
        return kind.Make(session.Value(Rate) ?? kind.Rate);
    }

    private static IReadOnlyList<(double Weight, Drift Drift)> Probabilistic(string text)
    {
        string[] parts = text.Split(',');
        bool unit = parts is [_, _, _, "unit"];
        double[] values = [.. parts.Take(3).Select(part => double.TryParse(part, out double value) && value >= 0 ? value : double.NaN)];
        return values.Length == 3 && values.All(double.IsFinite) && (parts.Length == 3 || unit)
            ? Golgi.Ascent.Drifts.Langevin.Drifts(values[0], values[1], values[2], unit ? TermScale.Unit : TermScale.Raw)
            : throw new ArgumentException(
                $"--langevin is '{text}'; it must be three numbers, 0 or more: 0.01,1,0.1 or 0.3,1,1,unit.");
    }
}

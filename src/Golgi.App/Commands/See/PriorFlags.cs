using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Priors;
using Golgi.Ascent.Steps;
using Golgi.Instruments.Synthesis.Presets;

namespace Golgi.App.Commands.See;

/// <summary>One option for each setting, and for each prior and parameter of <see cref="PriorCatalog"/>, to change a preset by; 0 takes a prior
/// away.</summary>
internal sealed class PriorFlags
{
    private const string Solver = "tv-method"; // also of the preset's own denoising
    private static readonly (long, long) AnySize = (224, 224); // views are read before the size is known, for their mistakes
    private readonly OptionSet<PriorOptions> set = new(new PriorOptions());
    private readonly OptionSet<Step> step = new(new Step(null, null));
    private readonly List<Option> shown = []; // in help's order
    private readonly Option<string[]> start, views;

    public PriorFlags()
    {
        string canvases = string.Join(", ", CanvasCatalog.All.Select(kind => $"{kind.Name} ({kind.Description})"));
        var canvas = set.Add("--canvas", $"What is varied: {canvases}.",
            _ => (CanvasKind?)null, (o, value) => o with { Canvas = value }, words => CanvasCatalog.Find(words[^1]));
        start = set.Add("--start", "mean, noise or uniform for plain pixels; or an image file: a mean image, a photograph.",
            _ => (PictureStart?)null, (o, value) => o with { Start = value }, words => StartOf(words[^1]));
        string rules = string.Join(", ", RuleCatalog.All.Select(rule => $"{rule.Name} ({rule.Description})"));
        var optimizer = step.Add("--optimizer", $"How a gradient becomes a step: {rules}.",
            _ => (RuleKind?)null, (o, value) => o with { Kind = value }, words => RuleCatalog.Find(words[^1]));
        var rate = step.Add("--rate", "Step size of --optimizer.", o => o.Rate, (o, value) => o with { Rate = value });
        var octaves = set.Add("--octaves", "Sizes, each 1.4 times the one before, among which the steps are shared out; for plain pixels.",
            o => o.Octaves, (o, value) => o with { Octaves = value });
        shown.AddRange([canvas, start, optimizer, rate, octaves]);
        AddPriors();
        views = set.Add("--views", $"What a picture must survive: {ViewChoice.Usage}.",
            _ => (string?)null, (o, value) => o with { Transform = ViewChoice.Parse(value!, AnySize, "--views") });
        var langevin = set.Add("--langevin", "The probabilistic form: E1,E2,E3 for x + E1 dlog p(x) + E2 dlog p(y|x) + N(0, E3^2); the energies are "
            + "-log p(x). Add ,unit to scale both terms to one size first.",
            _ => (string?)null, (o, value) => o with { Drifts = Probabilistic(value!) });
        shown.AddRange([views, langevin]);
        rate.OnlyWith(optimizer);
        optimizer.NotWith(langevin);
    }

    public void AddTo(Command command)
    {
        foreach (var option in shown) command.Options.Add(option);
    }

    /// <summary>The changes that were asked for.</summary>
    /// <param name="size">The pictures' size.</param>
    public PriorOptions Read(Session session, (long Height, long Width) size)
    {
        var options = set.Read(session);
        var (kind, rate) = step.Read(session);
        return options with
        {
            Rule = kind?.Make(rate ?? kind.Rate),
            Transform = session.Given(views) ? ViewChoice.Parse(session.Words(views)[^1], size, "--views") : null,
        };
    }

    /// <summary>The start's image file, if that is what <c>--start</c> names.</summary>
    public string? StartFile(Session session) =>
        session.Given(start) && StartOf(session.Words(start)[^1]) is null ? session.Words(start)[^1] : null;

    /// <summary>An option for each prior and for each parameter, which changes all priors that have it once all are there.</summary>
    private void AddPriors()
    {
        var parameters = new Dictionary<PriorParameter, Option>();
        var amounts = PriorCatalog.All.ToDictionary(kind => kind, kind => set.Add(
            $"--{kind.Name}", kind.Description, _ => (double?)null, (o, value) => o.With(kind.Make(value!.Value))));
        foreach (var parameter in PriorCatalog.All.SelectMany(kind => kind.Parameters).DistinctBy(parameter => parameter.Name))
        {
            string name = $"--{parameter.Name}";
            var option = parameter.Words.Count == 0
                ? set.Add(name, parameter.Description, _ => parameter.Default, (o, value) => o.With(parameter, value))
                : set.Add(name, parameter.Description, _ => parameter.Words[(int)parameter.Default], (o, value) => With(o, parameter, value));
            parameters[parameter] = option;
            if (parameter.Name == Solver) continue;
            option.OnlyWith([.. amounts.Where(amount => amount.Key.Parameters.Contains(parameter)).Select(amount => amount.Value)]);
        }

        foreach (var (kind, amount) in amounts) shown.AddRange([amount, .. kind.Parameters.Select(parameter => parameters[parameter]).Except(shown)]);
    }

    private static PriorOptions With(PriorOptions options, PriorParameter parameter, string word)
    {
        int place = parameter.Words.ToList().IndexOf(word);
        if (place < 0) throw new ArgumentException($"--{parameter.Name} is '{word}'; it must be {string.Join(" or ", parameter.Words)}.");
        return parameter.Name == Solver && options.Priors.All(prior => !prior.Settings.ContainsKey(Solver))
            ? options with { DenoiseMethod = (TvMethod)place }
            : options.With(parameter, place);
    }

    /// <summary>A start by its name; null for an image file.</summary>
    private static PictureStart? StartOf(string word) => word switch
    {
        "mean" => PictureStart.Mean,
        "noise" => new PictureStart(10),
        "uniform" => new PictureStart(0, Uniform: true),
        _ => File.Exists(word)
            ? null
            : throw new ArgumentException($"--start is '{word}'; it must be mean, noise, uniform or an image file that is there."),
    };

    private static IReadOnlyList<(double Weight, Drift Drift)> Probabilistic(string text)
    {
        string[] parts = text.Split(',');
        bool unit = parts is [_, _, _, "unit"];
        return (parts.Length == 3 || unit) && NumberList.Parse(parts.Take(3)) is [>= 0 and var prior, >= 0 and var condition, >= 0 and var noise]
            ? Langevin.Drifts(prior, condition, noise, unit ? TermScale.Unit : TermScale.Raw)
            : throw new ArgumentException(
                $"--langevin is '{text}'; it must be three numbers, 0 or more: 0.01,1,0.1 or 0.3,1,1,unit.");
    }

    /// <summary>A step rule before its rate is known.</summary>
    private sealed record Step(RuleKind? Kind, double? Rate);
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Ascent;
using Golgi.Ascent.Canvases;
using Golgi.Ascent.Drifts;
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

    /// <summary>What the coordinates are drawn by, with weights; see <see cref="AscentPhase.Drifts"/> and <see cref="Langevin"/>. Without a
    /// <see cref="Rule"/> their sum is the step.</summary>
    public IReadOnlyList<(double Weight, Drift Drift)>? Drifts { get; init; }

    /// <summary>Priors that are added or replace those of their names, in any order; one of weight 0 takes the preset's away. See
    /// <see cref="PriorCatalog.Make"/>.</summary>
    public IReadOnlyList<Prior> Priors { get; init; } = [];

    /// <summary>The solver of the preset's own total variation denoising.</summary>
    public TvMethod? DenoiseMethod { get; init; }

    /// <summary>The views that pictures must survive.</summary>
    public Transform? Transform { get; init; }

    /// <summary>The same with a prior more, in place of one of its name.</summary>
    public PriorOptions With(Prior prior)
    {
        ArgumentNullException.ThrowIfNull(prior);
        return this with { Priors = [.. Priors.Where(other => other.Name != prior.Name), prior] };
    }

    /// <summary>The same with another value of a parameter, in all priors that have it.</summary>
    public PriorOptions With(PriorParameter parameter, double value)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return this with { Priors = [.. Priors.Select(Changed)] };

        Prior Changed(Prior prior) => prior.Settings.ContainsKey(parameter.Name)
            ? PriorCatalog.Make(
                prior.Name,
                prior.Settings[Prior.Amount],
                [.. prior.Settings.Where(entry => entry.Key is not Prior.Amount && entry.Key != parameter.Name)
                    .Select(entry => (entry.Key, entry.Value)), (parameter.Name, value)])
            : prior;
    }

    /// <summary>The changes, as runs are known by.</summary>
    internal JsonObject Describe()
    {
        var item = new JsonObject();
        if (Canvas is not null) item["canvas"] = Canvas.Name;
        if (Start is not null) item["start"] = JsonSerializer.SerializeToNode(Start, RunJson.Format);
        if (Rule is not null)
        {
            item["rule"] = new JsonObject { [Rule.GetType().Name] = JsonSerializer.SerializeToNode(Rule, Rule.GetType(), RunJson.Format) };
        }

        if (Octaves is not null) item["octaves"] = Octaves;
        if (Drifts is not null)
        {
            item["drifts"] = new JsonArray(
                [.. Drifts.Select(term => new JsonObject { [$"{term.Drift.GetType().Name} {term.Drift.Name}"] = term.Weight })]);
        }

        if (Priors.Count > 0)
        {
            item["priors"] = new JsonObject(Priors.Select(prior => KeyValuePair.Create(
                prior.Name,
                prior.Settings.Count > 0 ? JsonSerializer.SerializeToNode(prior.Settings, RunJson.Format) : $"{prior.Weight:R} {prior}")));
        }

        if (DenoiseMethod is { } method) item["denoise_method"] = JsonSerializer.SerializeToNode(method, RunJson.Format);
        if (Transform is not null) item["views"] = Transform.ToString();
        return item;
    }

    /// <summary>Applies the changes.</summary>
    /// <exception cref="ArgumentException">A start is given for what has one of its own, or a solver where the preset does not
    /// denoise.</exception>
    internal Preset ApplyTo(Preset preset)
    {
        if (Start is not null && !(Canvas ?? preset.Canvas).TakesStart)
        {
            throw new ArgumentException(
                $"{preset.Name} does not vary plain pixels, and only they start from a level or noise. Take the pixel canvas.");
        }

        if (DenoiseMethod is not null && !preset.Phases.SelectMany(phase => phase.Phase.Operators).Any(change => change is TvDenoise))
        {
            throw new ArgumentException($"{preset.Name} has no total variation denoising whose method could change. Add it with a weight.");
        }

        return preset with
        {
            Canvas = Canvas ?? preset.Canvas,
            Start = Start ?? preset.Start,
            Energies = Energies(preset.Energies),
            Phases = [.. Resized(preset).Select(phase => phase with
            {
                Phase = phase.Phase with
                {
                    Drifts = Drifts ?? phase.Phase.Drifts,
                    Rule = Rule ?? (Drifts is null ? phase.Phase.Rule : new ConstantStep(1)),
                    Transform = Transform ?? phase.Phase.Transform,
                    Operators = Operators(phase.Phase.Operators),
                },
            })],
        };
    }

    /// <summary>What stays, then what is new, each in the order of the catalog; those of images last.</summary>
    private List<Prior> Energies(IReadOnlyList<Prior> old)
    {
        var changes = Priors.Where(prior => prior.Role != PriorRole.Operator).OrderBy(prior => PriorCatalog.Place(prior.Name)).ToArray();
        var all = old.Where(prior => changes.All(change => change.Name != prior.Name)).Concat(changes.Where(change => change.Weight > 0));
        return [.. all.OrderBy(prior => prior.Role == PriorRole.EnergyOfImages ? 1 + PriorCatalog.Place(prior.Name) : 0)];
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

    /// <summary>In the order of the catalog; the clamp last.</summary>
    private IReadOnlyList<PixelOperator> Operators(IReadOnlyList<PixelOperator> old)
    {
        if (DenoiseMethod is { } solver) old = [.. old.Select(item => item is TvDenoise denoise ? denoise.By(solver) : item)];
        var changes = Priors.Where(prior => prior.Role == PriorRole.Operator).ToArray();
        if (changes.Length == 0) return old;
        var all = old.Where(item => item is not ClampRange && changes.All(change => change.Name != item.Name))
            .Concat(changes.Select(change => change.Operator).OfType<PixelOperator>())
            .OrderBy(item => PriorCatalog.Place(item.Name)).ToArray();
        return all.Length > 0 || old.Any(item => item is ClampRange) ? [.. all, new ClampRange()] : all;
    }
}

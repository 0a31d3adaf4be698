using System.CommandLine;
using System.Globalization;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;

namespace Golgi.App.Commands.Tickets;

/// <summary>The options that say how tickets are looked for.</summary>
internal sealed class SearchOptions
{
    private static readonly TicketOptions Usual = new() { Recipe = Blueprint.Usual("strokes", "lenet-300-100") };
    private readonly OptionSet<TicketOptions> set = new(Usual);

    public SearchOptions()
    {
        Chosen =
        [
            set.Add("--criterion", "Which weights are kept: large-final, magnitude-increase, movement, large-init, random, large-final-same-sign, "
                + "snip, grasp, synflow, ...",
                o => o.Criterion.Name, (o, v) => o with { Criterion = MaskCriterion.Find(v) }),
            set.Add("--mask1", "What happens to kept weights: rewind, keep, reinit, reshuffle, constant; the last four also with -same-sign; all "
                + "also with -rescaled at the end.",
                o => o.MaskOne.Name, (o, v) => o with { MaskOne = MaskOne.Find(v) }),
            set.Add("--mask0", "What pruned weights are: zero, freeze, variant-1, variant-2, control-reshuffle, control-reverse.",
                o => o.MaskZero.Name, (o, v) => o with { MaskZero = MaskZero.Find(v) }),
            set.Add("--no-controls", "Do not train the controls: random masks and reinitialized tickets.",
                o => o.Controls.Count == 0, (o, _) => o with { Controls = [] }),
        ];
        set.Add("--rates", "How pruning is shared between layers: paper (convolutions and the output layer less), uniform, erk, global.",
            o => o.Rates.Kind, (o, v) => o with { Rates = o.Rates with { Kind = v } });
        set.Add("--rate", "Share of the remaining weights that a round removes (paper: of hidden matrices).",
            o => o.Rates.Rate, (o, v) => o with { Rates = o.Rates with { Rate = v } });
        set.Add("--layer-rate", "A rate for layers of your choice: PATTERN=RATE, as in 'conv*=0.1'. Repeatable.",
            _ => (IReadOnlyList<KeyValuePair<string, double>>)[],
            (o, v) => o with { Rates = o.Rates with { Layers = v.ToDictionary() } }, words => [.. words.Select(LayerRate)]);
        set.Add("--rounds", "Rounds of pruning.", o => o.Rounds, (o, v) => o with { Rounds = v });
        set.Add("--one-shot", "Cut each level's mask from the dense network at once, not from the level before.",
            o => o.OneShot, (o, v) => o with { OneShot = v });
        set.Add("--rewind-step", "Rewind kept weights to this step of the dense training; 0: the first weights.",
            o => o.RewindStep, (o, v) => o with { RewindStep = v });
        set.Add("--only", "Prune only parameters whose names match these patterns.",
            o => o.Scope.Only, (o, v) => o with { Scope = o.Scope with { Only = v } });
        set.Add("--except", "Never prune parameters whose names match these patterns.",
            o => o.Scope.Except, (o, v) => o with { Scope = o.Scope with { Except = v } });
    }

    /// <summary>Those that a comparison sets itself.</summary>
    public Option[] Chosen { get; }

    public void AddTo(Command command, params Option[] except) => set.AddTo(command, except);

    /// <summary>What the user asked for.</summary>
    public TicketOptions Read(Session session, Blueprint blueprint) => set.Read(session, Usual with { Recipe = blueprint.Source! });

    private static KeyValuePair<string, double> LayerRate(string word)
    {
        int at = word.LastIndexOf('=');
        return at > 0 && double.TryParse(word[(at + 1)..], CultureInfo.InvariantCulture, out double rate) && rate is >= 0 and <= 1
            ? new(word[..at], rate)
            : throw new ArgumentException($"--layer-rate is '{word}'; it must be PATTERN=RATE with a rate between 0 and 1, as in 'conv*=0.1'.");
    }
}

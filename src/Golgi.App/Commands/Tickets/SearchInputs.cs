using System.CommandLine;
using System.Globalization;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Weights.Masks;

namespace Golgi.App.Commands.Tickets;

/// <summary>The options that say how tickets are looked for.</summary>
internal sealed class SearchInputs
{
    public Option<string> Rates { get; } = new("--rates")
    {
        Description = "How pruning is shared between layers: paper (convolutions and the output layer less), uniform, erk, global.",
        DefaultValueFactory = _ => "paper",
    };

    public Option<double> Rate { get; } = new("--rate")
    {
        Description = "Share of the remaining weights that a round removes (paper: of hidden matrices).",
        DefaultValueFactory = _ => 0.2,
    };

    public Option<string[]> LayerRate { get; } =
        new("--layer-rate") { Description = "A rate for layers of your choice: PATTERN=RATE, as in 'conv*=0.1'. Repeatable." };

    public Option<int> Rounds { get; } = new("--rounds") { Description = "Rounds of pruning.", DefaultValueFactory = _ => 10 };

    public Option<bool> OneShot { get; } =
        new("--one-shot") { Description = "Cut each level's mask from the dense network at once, not from the level before." };

    public Option<long> RewindStep { get; } =
        new("--rewind-step") { Description = "Rewind kept weights to this step of the dense training. Default 0: the first weights." };

    public Option<string[]> Only { get; } = new("--only") { Description = "Prune only parameters whose names match these patterns." };

    public Option<string[]> Except { get; } = new("--except") { Description = "Never prune parameters whose names match these patterns." };

    public Option<bool> NoControls { get; } =
        new("--no-controls") { Description = "Do not train the controls: random masks and reinitialized tickets." };

    public void AddTo(Command command)
    {
        Option[] all = [Rates, Rate, LayerRate, Rounds, OneShot, RewindStep, Only, Except, NoControls];
        foreach (var option in all) command.Options.Add(option);
    }

    public TicketOptions Options(Session session, Blueprint blueprint, TicketInputs inputs) => new()
    {
        Rates = new PruningRates { Kind = session.Value(Rates), Rate = session.Value(Rate), Layers = LayerRates(session) },
        Rounds = session.Value(Rounds),
        OneShot = session.Value(OneShot),
        RewindStep = session.Value(RewindStep),
        Scope = new MaskScope { Only = session.Value(Only) is { Length: > 0 } only ? only : ["*"], Except = session.Value(Except) },
        Controls = session.Value(NoControls) ? [] : ["random", "reinit"],
        Recipe = inputs.Recipe(session, blueprint.Recipe),
    };

    private Dictionary<string, double> LayerRates(Session session) => session.Value(LayerRate).ToDictionary(
        text => text[..Math.Max(0, text.LastIndexOf('='))],
        text => double.TryParse(text[(text.LastIndexOf('=') + 1)..], CultureInfo.InvariantCulture, out double rate) && text.Contains('=')
            && rate is >= 0 and <= 1
            ? rate
            : throw new ArgumentException($"--layer-rate is '{text}'; it must be PATTERN=RATE with a rate between 0 and 1, as in 'conv*=0.1'."));
}

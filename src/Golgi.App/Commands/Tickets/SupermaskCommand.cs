using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Jobs;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets supermask</c>: what a mask over untrained weights knows.</summary>
internal sealed class SupermaskCommand : Verb
{
    private const string None = "none";
    private static readonly MaskLearningOptions Usual = new() { Recipe = Blueprint.Usual("strokes", "lenet-300-100") };
    private readonly TicketInputs inputs = new();
    private readonly OptionSet<MaskLearningOptions> learning = new(Usual);

    public SupermaskCommand()
        : base(
            "supermask",
            "Measures an untrained network under masks: cut from a trained network by a criterion (at every sparsity, over the first "
                + "weights and over "
            + "signed constants), or learned with the weights never changing. --epochs, --lr and the like are those of the mask's learning with "
            + "--learn, of the training otherwise.")
    {
        learning.Add("--weights", "What lies under learned masks: initial (the first weights) or signed-constant (their signs times a constant per "
            + "layer); trained is refused.",
            o => o.Weights, (o, v) => o with { Weights = v });
        learning.Add("--no-rescale", "Do not scale layers up as their learned mask thins.", o => !o.Rescale, (o, v) => o with { Rescale = !v });
        learning.Add("--multiplier", "Size of signed constants in deviations of the layer's first weights. Default: 1, or 2 where layers are not "
            + "rescaled.",
            o => o.Multiplier, (o, v) => o with { Multiplier = v });
        learning.Add("--initial-score", "First score of every weight; 0 keeps half of them.", o => o.InitialScore, (o, v) =>
            o with { InitialScore = v });
        learning.Add("--keep", "Fraction of each layer that edge-popup and signed keep.", o => o.Keep, (o, v) => o with { Keep = v });
        inputs.AddTo(this);
        Options.Add(Criteria);
        Options.Add(Learn);
        foreach (var option in learning.All) option.OnlyWith(Learn);
        learning.AddTo(this);
    }

    public Option<string?> Criteria { get; } = new("--criteria")
    {
        Description = "Criteria of the masks, joined by commas, or none. Default: nine of the paper's; none where --learn is given.",
    };

    public Option<string?> Learn { get; } = new("--learn")
    {
        Description = "Learn masks: bernoulli (a probability per weight), rounded, edge-popup (the k largest scores), signed (those, with inverted "
            + "weights); joined by commas.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        MaskLearner[] learners = [.. List(session.Value(Learn)).Select(name => Words.Read<MaskLearner>(Learn.Name, [name]))];
        string[] criteria = session.Value(Criteria) is { } given ? List(given) : learners.Length > 0 ? [] : ["all"];
        if (learners.Length + criteria.Length == 0)
        {
            throw new ArgumentException("--criteria is none and --learn is not given; one of them must name something.");
        }

        var blueprint = inputs.Open(session);
        using var data = blueprint.Data;
        using var job = new SupermaskJob(
            blueprint, inputs.Seeds(session), criteria.Length > 0 ? Cut(blueprint, criteria) : null,
            [.. learners.Select(learner => learning.Read(session, Usual with { Recipe = Recipe(session, blueprint) }) with { Learner = learner })]);
        session.Print(inputs.Run(session, job), SupermasksView.Draw);
        return ExitCode.Done;
    }

    private static HeuristicMaskOptions Cut(Blueprint blueprint, string[] criteria)
    {
        var options = new HeuristicMaskOptions { Recipe = blueprint.Source! };
        return criteria is ["all"] ? options : options with { Criteria = [.. criteria.Select(MaskCriterion.Find)] };
    }

    private TrainingRecipe Recipe(Session session, Blueprint blueprint) => inputs.Recipe(session, MaskLearningOptions.RecipeFor(blueprint));

    private static string[] List(string? names) =>
        names is null or None ? [] : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

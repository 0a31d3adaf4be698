using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Supermasks;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets supermask</c>: what a mask over untrained weights knows.</summary>
internal sealed class SupermaskCommand : Verb
{
    private const string None = "none";
    private readonly TicketInputs inputs = new();

    public SupermaskCommand()
        : base(
            "supermask",
            "Measures an untrained network under masks: cut from a trained network by a criterion (at every sparsity, over the first "
                + "weights and over "
            + "signed constants), or learned with the weights never changing. --epochs, --lr and the like are those of the mask's learning with "
            + "--learn, of the training otherwise.")
    {
        inputs.AddTo(this);
        Options.Add(Criteria);
        Options.Add(Learn);
        foreach (var option in (Option[])[Weights, NoRescale, Multiplier, InitialScore, Keep])
        {
            option.OnlyWith(Learn);
            Options.Add(option);
        }
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

    public Option<string> Weights { get; } = new("--weights")
    {
        Description = "What lies under learned masks: initial (the first weights) or signed-constant (their signs times a constant per layer).",
        DefaultValueFactory = _ => "signed-constant",
    };

    public Option<bool> NoRescale { get; } = new("--no-rescale") { Description = "Do not scale layers up as their learned mask thins." };

    public Option<double?> Multiplier { get; } = new("--multiplier")
    {
        Description = "Size of signed constants in deviations of the layer's first weights. Default: 1, or 2 where layers are not rescaled.",
    };

    public Option<double> InitialScore { get; } = new("--initial-score") { Description = "First score of every weight; 0 keeps half of them." };

    public Option<double> Keep { get; } = new("--keep")
    {
        Description = "Fraction of each layer that edge-popup and signed keep.",
        DefaultValueFactory = _ => 0.5,
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        string[] learners = List(session.Value(Learn));
        string[] criteria = session.Value(Criteria) is { } given ? List(given) : learners.Length > 0 ? [] : ["all"];
        if (learners.Length + criteria.Length == 0)
        {
            throw new ArgumentException("--criteria is none and --learn is not given; one of them must name something.");
        }

        var found = session.Track(progress => new Supermasks(
            blueprint.Name,
            data.Name,
            criteria.Length > 0 ? Heuristic(session, blueprint, criteria, progress) : null,
            learners.Length > 0 ? learners.ToDictionary(learner => learner, learner => Learned(session, blueprint, learner, progress)) : null));
        session.Print(found, SupermasksView.Draw);
        return ExitCode.Done;
    }

    private IReadOnlyList<HeuristicMask> Heuristic(
        Session session, Blueprint blueprint, string[] criteria, IProgress<WorkProgress> progress)
    {
        var options = new HeuristicMaskOptions { Recipe = inputs.Recipe(session, blueprint.Recipe) };
        if (criteria is not ["all"]) options = options with { Criteria = [.. criteria.Select(MaskCriterion.Find)] };
        var masks = HeuristicMasks.Measure(blueprint, options, inputs.Seeds(session), session.RunsFolder, progress, session.Cancellation);
        return [.. masks.OrderByDescending(mask => mask.Test.Mean)];
    }

    private LearnedMasks Learned(Session session, Blueprint blueprint, string learner, IProgress<WorkProgress> progress)
    {
        var options = new MaskLearningOptions
        {
            Learner = TicketInputs.Choice<MaskLearner>(learner),
            Weights = TicketInputs.Choice<TicketWeights>(session.Value(Weights)),
            Rescale = !session.Value(NoRescale),
            Multiplier = session.Value(Multiplier),
            InitialScore = session.Value(InitialScore),
            Keep = session.Value(Keep),
            Recipe = inputs.Recipe(session, MaskLearningOptions.RecipeFor(blueprint)),
        };
        return LearnedMasks.Of([.. inputs.Seeds(session).Select(seed =>
            MaskLearning.Learn(blueprint, options, seed, session.RunsFolder, progress, session.Cancellation))]);
    }

    private static string[] List(string? names) =>
        names is null or None ? [] : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

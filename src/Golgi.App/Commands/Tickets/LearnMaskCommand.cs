using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Tickets;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets learn</c>: learns a mask over untrained weights.</summary>
internal sealed class LearnMaskCommand : Verb
{
    private readonly TicketInputs inputs = new();

    public LearnMaskCommand()
        : base("learn", "Learns which weights of an untrained network to keep, and never changes a weight: a supermask. It is a seed and a bit per weight.")
    {
        inputs.AddTo(this);
        Options.Add(Learner);
        Options.Add(Weights);
        Options.Add(NoRescale);
        Options.Add(InitialScore);
        Options.Add(Keep);
    }

    public Option<string> Learner { get; } = new("--learner")
    {
        Description = "bernoulli (a probability per weight), rounded, edge-popup (the k largest scores), signed (those, with inverted weights).",
        DefaultValueFactory = _ => "bernoulli",
    };

    public Option<string> Weights { get; } = new("--weights")
    {
        Description = "What lies under the mask: initial (the first weights) or signed-constant (their signs times a constant per layer).",
        DefaultValueFactory = _ => "signed-constant",
    };

    public Option<bool> NoRescale { get; } = new("--no-rescale") { Description = "Do not scale layers up as their mask thins." };

    public Option<double> InitialScore { get; } = new("--initial-score")
    {
        Description = "First score of every weight; 0 keeps half of them.",
        DefaultValueFactory = _ => 0,
    };

    public Option<double> Keep { get; } = new("--keep")
    {
        Description = "Fraction of each layer that edge-popup and signed keep.",
        DefaultValueFactory = _ => 0.5,
    };

    public override int Run(Session session)
    {
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        var options = new MaskLearningOptions
        {
            Learner = TicketInputs.Choice<MaskLearner>(session.Value(Learner)),
            Weights = TicketInputs.Choice<TicketWeights>(session.Value(Weights)),
            Rescale = !session.Value(NoRescale),
            InitialScore = session.Value(InitialScore),
            Keep = session.Value(Keep),
            Recipe = inputs.Recipe(session, MaskLearningOptions.RecipeFor(blueprint)),
        };
        var found = session.Track(progress => inputs.Seeds(session).Select(seed =>
            MaskLearning.Learn(blueprint, options, seed, session.OutFolder, progress, session.Cancellation)).ToArray());
        session.Print(LearnedMasks.Of(found), LearnedMasksView.Draw);
        return ExitCode.Done;
    }
}

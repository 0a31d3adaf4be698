using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Jobs;
using Golgi.Training.Optimizers;
using Golgi.Weights.Masks;

namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>How to learn a mask over untrained weights.</summary>
public sealed record MaskLearningOptions
{
    /// <summary>The method. Default: Bernoulli.</summary>
    public MaskLearner Learner { get; init; }

    /// <summary>What lies under the mask: first weights, or signed constants. Default: signed constants, which do better.</summary>
    public TicketWeights Weights { get; init; } = TicketWeights.SignedConstant;

    /// <summary>Whether layers are rescaled as their mask thins: by weights / kept weights (Bernoulli, rounded) or by √ of that
    /// (edge-popup, signed). Default: true.</summary>
    public bool Rescale { get; init; } = true;

    /// <summary>Size of signed constants, in deviations of the layer's first weights. Null, the default: 1 where layers are rescaled; otherwise 1 /
    /// σ(first
    /// score), 2 at first, since a mask that drops half of a layer halves its output.</summary>
    public double? Multiplier { get; init => field = value is { } size ? Check.Positive(size, nameof(Multiplier)) : null; }

    /// <summary>First score of the probabilities; 0 is one half. Default 0.</summary>
    public double InitialScore { get; init; }

    /// <summary>Fraction of each layer that edge-popup and signed masks keep. Default 0.5.</summary>
    public double Keep { get => field; init => field = Check.Fraction(value, nameof(Keep)); } = 0.5;

    /// <summary>Which weights are masked. Default: all kernels.</summary>
    public MaskScope Scope { get; init; } = MaskScope.Kernels;

    /// <summary>Masks drawn for the evaluation of Bernoulli and rounded ones. Default 10 (Zhou et al. 2019).</summary>
    public int Samples { get => field; init => field = Check.Positive(value, nameof(Samples)); } = 10;

    /// <summary>How scores are trained: the optimizer acts on scores, whose rates are far above those of weights.</summary>
    public required TrainingRecipe Recipe { get; init; }

    /// <summary>The method's name, as users write it.</summary>
    internal string Name => Learner == MaskLearner.EdgePopup ? "edge-popup" : Learner.ToString().ToLowerInvariant();

    /// <summary>What <see cref="Multiplier"/> comes to.</summary>
    internal double ConstantSize =>
        Multiplier ?? (Rescale || Learner is MaskLearner.EdgePopup or MaskLearner.Signed ? 1 : 1 + Math.Exp(-InitialScore));

    /// <summary>What the learning depends on.</summary>
    internal JsonObject Describe(Blueprint blueprint) => JsonSerializer.SerializeToNode(
        this with { Recipe = Recipe with { Data = blueprint.Data.Name, Model = blueprint.Name } }, RunJson.Format)!.AsObject();

    /// <summary>Refuses trained weights.</summary>
    internal void RequireUntrained()
    {
        if (Weights != TicketWeights.Trained) return;
        throw new ArgumentException("A mask is learned over untrained weights; choose the first weights or signed constants.", nameof(Weights));
    }

    /// <summary>A recipe for scores that suits a network: batches of 250, Adam at 0.1, twenty passes.</summary>
    /// <remarks>Zhou et al. use SGD at 100 for 2000 passes; Adam at 0.1 gets as far in a hundredth of them. Chosen among 0.05, 0.1 and 0.2 by the
    /// validation accuracy of LeNet-300-100 on MNIST.</remarks>
    public static TrainingRecipe RecipeFor(Blueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        return blueprint.Recipe with
        {
            Batch = 250,
            Epochs = 20,
            Optimizer = new OptimizerChoice { LearningRate = 0.1 },
        };
    }
}

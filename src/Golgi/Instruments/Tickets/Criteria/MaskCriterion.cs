using System.Text.Json.Serialization;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>
/// Which weights to keep, as a region of the plane (w_i, w_f): a score per weight, the largest are kept. Or a condition, and all
/// weights for which it holds are kept.
/// </summary>
/// <param name="Name">As users write it.</param>
/// <param name="Description">In a sentence.</param>
/// <param name="Evidence">What must be done before it can judge.</param>
/// <param name="Score">From one layer's kept weights to scores, [n], floating point; or bool [n], and it is a condition.</param>
/// <remarks>Zhou et al. 2019 (arXiv 1905.01067), section 2 and figure 3.</remarks>
[JsonConverter(typeof(MaskCriterionConverter))]
public sealed record MaskCriterion(string Name, string Description, Evidence Evidence, Func<WeightPair, Tensor> Score)
{
    private const double Nothing = 0;

    /// <summary>All criteria of the paper and its code, and three methods before training.</summary>
    public static IReadOnlyList<MaskCriterion> All { get; } =
    [
        new("large-final", "|w_f|: large after training; the original criterion", Evidence.Training, w => w.Final.abs()),
        new("small-final", "−|w_f|: small after training; a control", Evidence.Training, w => -w.Final.abs()),
        new("large-init", "|w_i|: large before training", Evidence.None, w => w.Initial.abs()),
        new("small-init", "−|w_i|: small before training; a control", Evidence.None, w => -w.Initial.abs()),
        new("large-init-large-final", "large before and after, at the same percentile", Evidence.Training,
            w => minimum(Ranks(w.Initial.abs()), Ranks(w.Final.abs()))),
        new("small-init-small-final", "small before and after, at the same percentile; a control", Evidence.Training,
            w => -maximum(Ranks(w.Initial.abs()), Ranks(w.Final.abs()))),
        new("magnitude-increase", "|w_f| − |w_i|: grown by training", Evidence.Training, w => w.Final.abs() - w.Initial.abs()),
        new("movement", "|w_f − w_i|: moved by training", Evidence.Training, w => (w.Final - w.Initial).abs()),
        new("random", "uniform numbers; a control", Evidence.None, Uniform),
        new("large-final-same-sign", "|w_f| where the sign stayed, otherwise 0", Evidence.Training,
            w => where(SameSign(w), w.Final.abs(), Nothing)),
        new("large-final-diff-sign", "|w_f| where the sign changed, otherwise 0; a control", Evidence.Training,
            w => where(DifferentSign(w), w.Final.abs(), Nothing)),
        new("magnitude-increase-same-sign", "|w_f| − |w_i| where the sign stayed, otherwise 0", Evidence.Training,
            w => where(SameSign(w), w.Final.abs() - w.Initial.abs(), Nothing)),
        new("magnitude-increase-diff-sign", "|w_f| − |w_i| where the sign changed, otherwise 0", Evidence.Training,
            w => where(DifferentSign(w), w.Final.abs() - w.Initial.abs(), Nothing)),
        new("same-sign-single", "a condition: the sign stayed, at whatever sparsity that is", Evidence.Training, SameSign),
        new("diff-sign-single", "a condition: the sign changed, at whatever sparsity that is", Evidence.Training, DifferentSign),
        new("grad", "|∂L/∂w| on one batch before training", Evidence.Gradient, Given),
        new("snip", "|w ∂L/∂w| on one batch before training (Lee et al. 2019)", Evidence.Gradient, Given),
        new("grasp", "w ⊙ Hg on one batch before training: keeps the gradient's flow (Wang et al. 2020)", Evidence.Gradient, Given),
        new("synflow", "synaptic flow, without data, in a hundred rounds (Tanaka et al. 2020)", Evidence.Gradient, Given),
    ];

    /// <summary>A criterion by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static MaskCriterion Find(string name) =>
        All.First(one => one.Name == Check.Known(name, All.Select(known => known.Name), "criterion"));

    /// <summary>A criterion of one's own.</summary>
    /// <param name="name">Runs are found by it: two that differ must have different names.</param>
    /// <param name="score">From (w_i, w_f) of one layer's kept weights, [n] each, to scores [n]; the largest are kept.</param>
    public static MaskCriterion Of(string name, Func<Tensor, Tensor, Tensor> score)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(score);
        return new MaskCriterion(name, "the user's own", Evidence.Training, w => score(w.Initial, w.Final));
    }

    /// <summary>Percentiles within the layer, in [0, 1). Keeping the largest min(rank_i, rank_f) is the paper's rule that cuts
    /// both coordinates at one percentile, found there by bisection.</summary>
    private static Tensor Ranks(Tensor values)
    {
        var order = values.argsort(0);
        var ranks = empty_like(values);
        ranks.index_copy_(0, order, arange(values.shape[0], ScalarType.Float64, values.device).to(values.dtype));
        return ranks.div_(Math.Max(1, values.shape[0]));
    }

    private static Tensor SameSign(WeightPair w) => (w.Initial * w.Final).gt(0);

    private static Tensor DifferentSign(WeightPair w) => (w.Initial * w.Final).lt(0);

    private static Tensor Given(WeightPair w) =>
        w.Saliency ?? throw new InvalidOperationException("The criterion needs saliencies: compute them with Saliency before.");

    private static Tensor Uniform(WeightPair w)
    {
        float[] numbers = new float[w.Initial.shape[0]];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (float)w.Random.NextDouble();
        return tensor(numbers, w.Initial.dtype, w.Initial.device);
    }
}

using Golgi.Instruments.Tickets.Comparisons;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>The paper's directions on the built-in digits, by gaps over three seeds.</summary>
[Collection(TorchState.Name)]
public sealed class FindingsTests
{
    private static readonly long[] Seeds = [1, 2, 3];

    [Fact]
    [Trait("Speed", "Slow")]
    public void Criteria_that_look_at_what_training_did_keep_far_more_than_those_that_do_not()
    {
        var accuracy = Measure("criteria");
        foreach (string good in new[] { "magnitude-increase", "movement", "large-final-same-sign" }) Above(accuracy, good, "large-final", -0.05);
        foreach (string bad in new[] { "large-init", "random", "small-init", "small-final", "small-init-small-final" })
        {
            Above(accuracy, "large-final", bad, 0.15);
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Weights_drawn_anew_lose_to_rewound_ones_and_lose_less_if_they_keep_their_signs()
    {
        // On the digits of scikit-learn the signs are worth 15 points and more; on drawn ones 5 to 9.
        var accuracy = Measure("signs");
        string[] actions = ["reinit", "reshuffle", "constant"];
        foreach (string action in actions)
        {
            Above(accuracy, "rewind", action, 0.05);
            Above(accuracy, $"{action}-same-sign", action, 0);
        }

        double signs = actions.Average(action => accuracy[$"{action}-same-sign"] - accuracy[action]);
        Assert.True(signs > 0.05, $"Signs are worth {signs:P1}.");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Pruned_weights_at_zero_where_they_were_going_there_beat_zeros_everywhere()
    {
        var accuracy = Measure("zeros");
        double variants = (accuracy["variant-1"] + accuracy["variant-2"]) / 2;
        foreach (string other in new[] { "zero", "control-reverse" })
        {
            Assert.True(variants > accuracy[other] + 0.02, $"The variants reach {variants:P1}, {other} {accuracy[other]:P1}.");
        }
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_supermask_over_signed_constants_does_far_better_than_chance()
    {
        using var data = SmallBlueprint.Data(3000);
        using var scratch = new Scratch();
        var options = new HeuristicMaskOptions
        {
            Recipe = SmallBlueprint.Options(600).Recipe,
            Powers = [4, 8],
            Criteria = [MaskCriterion.Find("large-final-same-sign"), MaskCriterion.Find("random")],
        };
        var found = SmallBlueprint.Run(new SupermaskJob(SmallBlueprint.Of(data), [1, 2], options), scratch.Folder).Heuristic!;
        HeuristicMask Of(string criterion, TicketWeights weights) => found.Single(one => one.Criterion == criterion && one.Weights == weights);
        Assert.True(Of("large-final-same-sign", TicketWeights.SignedConstant).Test.Mean > 0.35);
        Assert.True(Of("random", TicketWeights.SignedConstant).Test.Mean < 0.25);
    }

    /// <summary>Mean test accuracy of every setting at the smallest size.</summary>
    private static Dictionary<string, double> Measure(string question)
    {
        using var data = SmallDigits.Data();
        using var scratch = new Scratch();
        var found = SmallBlueprint.Run(new CompareTicketsJob(question, SmallDigits.Of(data), SmallDigits.Options, Seeds), scratch.Folder);
        double smallest = found.Rows.Min(row => row.Remaining);
        return found.Rows.Where(row => row.Remaining < smallest + 1e-6).ToDictionary(row => row.Setting.Name, row => row.Accuracy.Mean);
    }

    private static void Above(Dictionary<string, double> accuracy, string better, string worse, double gap) => Assert.True(
        accuracy[better] > accuracy[worse] + gap,
        $"{better} is to exceed {worse} by {gap:P0}: "
            + $"{string.Join(", ", accuracy.OrderByDescending(one => one.Value).Select(one => $"{one.Key} {one.Value:P1}"))}");
}

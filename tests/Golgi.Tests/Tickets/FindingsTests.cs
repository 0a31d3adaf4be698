using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Golgi.Tickets;
using Xunit;

namespace Golgi.Tests.Tickets;

/// <summary>The paper's directions on the built-in digits, by gaps over three seeds.</summary>
[Collection(TorchState.Name)]
public sealed class FindingsTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public void Criteria_signs_and_zeros_matter_in_the_published_direction()
    {
        using var data = SmallBlueprint.Data(3000);
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(600, rounds: 1) with { Controls = ["random"], Rates = new PruningRates { Rate = 0.95 } };
        TicketSearchResult Find(TicketOptions setting) => TicketSearch.Find(SmallBlueprint.Of(data), setting, [1, 2, 3], scratch.Folder);
        double Accuracy(string mask1, string mask0 = "zero") =>
            Find(options with { Controls = [], MaskOne = mask1, MaskZero = mask0 }).Levels[1].Accuracy.Mean;

        var ticket = Find(options);
        double rewound = ticket.Levels[1].Accuracy.Mean;
        double random = ticket.Levels[1].Controls["random"].Mean;
        Assert.True(rewound > random + 0.05, $"large final {rewound}, a random mask {random}");
        Assert.True(ticket.Levels[1].Untrained.Mean > 0.15, "a mask alone knows something");
        foreach (string action in new[] { "reshuffle", "constant" })
        {
            double plain = Accuracy(action), signed = Accuracy(action + "-same-sign");
            Assert.True(signed > plain + 0.05, $"{action}: {signed} with signs, {plain} without");
            Assert.True(signed > rewound - 0.07, $"{action}: {signed} with signs, {rewound} rewound");
        }

        Assert.True(Accuracy("rewind", "variant-1") > rewound - 0.02, "variant 1 is as good as zero");
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
        var found = HeuristicMasks.Measure(SmallBlueprint.Of(data), options, [1, 2], scratch.Folder);
        HeuristicMask Of(string criterion, TicketWeights weights) => found.Single(one => one.Criterion == criterion && one.Weights == weights);
        Assert.True(Of("large-final-same-sign", TicketWeights.SignedConstant).Test.Mean > 0.35);
        Assert.True(Of("random", TicketWeights.SignedConstant).Test.Mean < 0.25);
    }
}

using Golgi.Instruments.Tickets.Criteria;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every mask criterion must satisfy: it ranks weights, and the ranking does not hang on what ought not to matter.</summary>
[Collection(TorchState.Name)]
public sealed class MaskCriterionContract
{
    private const int Size = 41;

    public static TheoryData<string> Names => [.. MaskCriterion.All.Select(criterion => criterion.Name)];

    [Fact]
    public void Each_is_found_by_a_name_of_its_own_and_described()
    {
        Assert.Equal(MaskCriterion.All.Count, MaskCriterion.All.Select(criterion => criterion.Name).Distinct().Count());
        Assert.All(MaskCriterion.All, criterion => Assert.Same(criterion, MaskCriterion.Find(criterion.Name)));
        Assert.All(MaskCriterion.All, criterion => Assert.False(string.IsNullOrWhiteSpace(criterion.Description)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_score_a_weight_comes_out_finite_and_the_weights_stay_as_they_were(string name)
    {
        using var scope = NewDisposeScope();
        foreach (int size in new[] { 1, 2, Size })
        {
            foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
            {
                Tensor initial = Normal(1, size).to(type), final = Normal(2, size).to(type), saliency = Normal(3, size).to(type);
                Tensor initially = initial.clone(), finally_ = final.clone(), given = saliency.clone();
                var scores = Score(name, initial, final, saliency);
                Assert.Equal([(long)size], scores.shape);
                Assert.Contains(scores.dtype, new[] { ScalarType.Bool, type });
                Assert.True(scores.to(ScalarType.Float64).isfinite().all().item<bool>());
                Near.Exact(initially, initial);
                Near.Exact(finally_, final);
                Near.Exact(given, saliency);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_weights_and_draws_give_equal_bits(string name)
    {
        using var scope = NewDisposeScope();
        Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3);
        Near.Exact(Score(name, initial, final, saliency), Score(name, initial, final, saliency));
    }

    // Powers of two, so that nothing rounds.
    [Theory]
    [MemberData(nameof(Names))]
    public void The_unit_in_which_weights_are_measured_changes_no_rank(string name)
    {
        using var scope = NewDisposeScope();
        Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3);
        var plain = Ranks(Score(name, initial, final, saliency));
        Near.Exact(plain, Ranks(Score(name, initial * 1024, final * 1024, saliency * 1024)));
        Near.Exact(plain, Ranks(Score(name, initial / 4096, final / 4096, saliency / 4096)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Turning_both_signs_of_a_weight_changes_nothing(string name)
    {
        using var scope = NewDisposeScope();
        Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3), signs = Normal(4).sign();
        Near.Exact(Score(name, initial, final, saliency), Score(name, initial * signs, final * signs, saliency));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_in_which_weights_stand_changes_no_score(string name)
    {
        using var scope = NewDisposeScope();
        Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3), order = tensor(new Philox(7).Permutation(Size));
        var moved = Score(name, initial[order], final[order], saliency[order]);
        var still = Score(name, initial, final, saliency);
        Near.Exact(name == "random" ? still : still[order], moved); // random numbers belong to places, not to weights
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_needs_is_what_it_says(string name)
    {
        using var scope = NewDisposeScope();
        var criterion = MaskCriterion.Find(name);
        Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3);
        if (criterion.Evidence == Evidence.Gradient)
        {
            Near.Exact(saliency, Score(name, initial, final, saliency));
            Assert.Contains("Saliency", Assert.Throws<InvalidOperationException>(() => Score(name, initial, final, null)).Message);
            return;
        }

        var scores = Score(name, initial, final, null);
        Near.Exact(scores, Score(name, initial, final, saliency));
        bool sees = !scores.eq(Score(name, initial, final.flip(0), null)).all().item<bool>();
        Assert.Equal(criterion.Evidence == Evidence.Training, sees);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_stays_in_memory(string name)
    {
        using Tensor initial = Normal(1), final = Normal(2), saliency = Normal(3);
        LiveTensors.StayFlat(() =>
        {
            using var scope = NewDisposeScope();
            for (int i = 0; i < 20; i++) Score(name, initial, final, saliency);
        });
    }

    private static Tensor Score(string name, Tensor initial, Tensor final, Tensor? saliency) =>
        MaskCriterion.Find(name).Score(new WeightPair(initial, final, saliency, new Philox(5).Reader()));

    private static Tensor Ranks(Tensor scores) => scores.dtype == ScalarType.Bool ? scores.clone() : scores.argsort(0);

    private static Tensor Normal(ulong stream, int size = Size)
    {
        var reader = new Philox(11, stream).Reader();
        return tensor([.. Enumerable.Range(0, size).Select(_ => reader.NextNormal())], ScalarType.Float64);
    }
}

using Golgi.Ascent.Steps;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every step rule of the catalog must satisfy.</summary>
[Collection(TorchState.Name)]
public sealed class StepRuleContract
{
    private const double Rate = 0.01;

    public static TheoryData<string> All => [.. RuleCatalog.All.Select(kind => kind.Name)];

    [Fact]
    public void Every_public_rule_of_the_library_is_in_the_catalog() =>
        Assert.Equal(Families.Of<StepRule>(), RuleCatalog.All.Select(kind => kind.Make(kind.Rate).GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(All))]
    public void Each_step_raises_a_concave_objective(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor x = OperatorTests.Noise(2, 1, 4, 4) / 100, top = OperatorTests.Noise(2, 1, 4, 4, seed: 6) / 100;
        using var stepper = Begin(kind);
        for (int i = 0; i < 5; i++)
        {
            var before = Height();
            stepper.Move(x, top - x, i / 4.0);
            Assert.True(Height().gt(before).all().item<bool>(), $"step {i}");
        }

        Tensor Height() => -(x - top).square().flatten(1).sum(1) / 2;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_not_drawn_does_not_move(string kind)
    {
        using var scope = NewDisposeScope();
        var x = zeros(2, 1, 4, 4);
        var drift = OperatorTests.Noise(2, 1, 4, 4, seed: 6);
        drift[0].zero_();
        using var stepper = Begin(kind);
        stepper.Move(x, drift, 0);
        Assert.Equal(0, x[0].count_nonzero().item<long>());
        Assert.Equal(16, x[1].count_nonzero().item<long>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void What_is_remembered_outlives_a_step_s_scope_and_is_gone_with_the_phase(string kind)
    {
        using var scope = NewDisposeScope();
        using var drifts = OperatorTests.Noise(5, 1, 4, 4);
        Near.Exact(Moved(scoped: false), Moved(scoped: true));
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 10; i++) Moved(scoped: true).Dispose();
        });

        Tensor Moved(bool scoped)
        {
            using var outer = NewDisposeScope();
            var x = zeros(1, 1, 4, 4);
            using var stepper = Begin(kind);
            for (int i = 0; i < 5; i++)
            {
                using var step = scoped ? NewDisposeScope() : null;
                stepper.Move(x, drifts.narrow(0, i, 1), i / 4.0);
            }

            return x.MoveToOuterDisposeScope();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_picture_s_steps_do_not_depend_on_the_batch(string kind)
    {
        using var scope = NewDisposeScope();
        Tensor together = zeros(2, 1, 4, 4), alone = zeros(1, 1, 4, 4);
        using Stepper both = Begin(kind), one = Begin(kind);
        for (int i = 0; i < 3; i++)
        {
            var drift = OperatorTests.Noise(2, 1, 4, 4, seed: (ulong)i + 1);
            both.Move(together, drift, i / 2.0);
            one.Move(alone, drift.narrow(0, 1, 1), i / 2.0);
        }

        Near.Equal(together.narrow(0, 1, 1), alone, Near.Single);
    }

    private static Stepper Begin(string kind) => RuleCatalog.Find(kind).Make(Rate).Begin();
}

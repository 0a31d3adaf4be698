using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every optimizer must satisfy; run over all kinds.</summary>
[Collection(TorchState.Name)]
public sealed class OptimizerContract
{
    private const int Size = 21;

    public static TheoryData<string> Names => [.. OptimizerKind.All.Select(kind => kind.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_found_by_its_name_and_written_as_it(string name)
    {
        var choice = new OptimizerChoice { Kind = OptimizerKind.Find(name), LearningRate = 0.3 };
        Assert.Contains($"\"name\": \"{name}\"", JsonText.Of(choice), StringComparison.Ordinal);
        Assert.Equal(choice, JsonText.There_and_back(choice));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_finds_the_bottom_of_a_bowl(string name)
    {
        using var bench = new Bench(name);
        double before = bench.Height();
        bench.Advance(400);
        Assert.True(bench.Height() < 1e-3 * before, $"from {before} to {bench.Height()}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_copy_of_its_state_continues_to_the_same_bits(string name)
    {
        using var whole = new Bench(name);
        whole.Advance(20);
        using var first = new Bench(name);
        first.Advance(9);
        using var second = new Bench(name);
        using (no_grad())
        {
            second.X.copy_(first.X);
            foreach (var (to, from) in second.Optimizer.State.Zip(first.Optimizer.State)) to.Value.copy_(from.Value);
        }

        second.Optimizer.StateLoaded();
        second.Advance(11);
        Assert.Equal(20, second.Optimizer.Steps);
        Near.Exact(whole.X, second.X);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void With_a_rate_of_zero_nothing_moves_and_coordinates_that_are_not_live_never_do(string name)
    {
        using var bench = new Bench(name);
        using var start = bench.X.clone();
        double rate = bench.Optimizer.LearningRate;
        bench.Optimizer.LearningRate = 0;
        bench.Advance(3);
        Near.Exact(start, bench.X);
        bench.Optimizer.LearningRate = rate;
        bench.Optimizer.LiveFrom = 7;
        bench.Advance(3);
        Near.Exact(start[..7], bench.X[..7]);
        Assert.False(start[7..].eq(bench.X[7..]).any().item<bool>());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weight_decay_draws_it_from_the_bottom_towards_zero(string name)
    {
        using var plain = new Bench(name) { Bottom = 1 };
        using var decayed = new Bench(name, choice => choice with { WeightDecay = 0.2 }) { Bottom = 1 };
        plain.Advance(400);
        decayed.Advance(400);
        Assert.Equal(Math.Sqrt(Size), plain.X.norm().item<float>(), 0.02);
        Assert.True(decayed.X.norm().item<float>() < 0.97 * Math.Sqrt(Size), $"{decayed.X.norm().item<float>()}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_grows_over_repeated_steps(string name)
    {
        using var bench = new Bench(name);
        bench.Advance(2);
        LiveTensors.StayFlat(() => bench.Advance(200));
    }

    [Fact]
    public void Momentum_and_the_look_ahead_of_sgd_and_the_second_moment_of_adam_reach_them()
    {
        Differs("sgd", choice => choice with { Momentum = 0.5 });
        Differs("sgd", choice => choice with { Nesterov = true });
        Differs("adam", choice => choice with { Beta2 = 0.9 });
        Differs("adamw", choice => choice with { Beta2 = 0.9 });
    }

    private static void Differs(string name, Func<OptimizerChoice, OptimizerChoice> change)
    {
        using var plain = new Bench(name);
        using var changed = new Bench(name, change);
        plain.Advance(3);
        changed.Advance(3);
        Assert.NotEqual(plain.X.bytes.ToArray(), changed.X.bytes.ToArray());
    }

    /// <summary>A bowl with a different slope in each direction.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly Tensor gradient;

        public Bench(string name, Func<OptimizerChoice, OptimizerChoice>? change = null)
        {
            X = tensor(Enumerable.Range(0, Size).Select(i => (float)Math.Sin(i + 1)).ToArray());
            gradient = zeros_like(X);
            var choice = new OptimizerChoice { Kind = OptimizerKind.Find(name), LearningRate = name == "sgd" ? 0.02 : 0.03 };
            Optimizer = (change is null ? choice : change(choice)).Create(X, gradient);
        }

        public double Bottom { get; init; }

        public Tensor X { get; }

        public Optimizer Optimizer { get; }

        public double Height()
        {
            using var scope = NewDisposeScope();
            return X.square().sum().item<float>();
        }

        public void Advance(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                gradient.copy_((X - Bottom) * arange(1, Size + 1).div(Size).add(0.5));
                Optimizer.Step();
            }
        }

        public void Dispose()
        {
            Optimizer.Dispose();
            gradient.Dispose();
            X.Dispose();
        }
    }
}

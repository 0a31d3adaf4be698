using Golgi.Numerics.Random;
using Golgi.Tests.Contracts;
using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using Golgi.Weights.Masks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Weights.Masks;

public sealed class MaskedTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights)
    {
        using var mask = Half(weights);
        return new Masked(weights, mask);
    }

    public static TheoryData<string> Optimizers => ["adam", "adamw", "sgd", "momentum", "nesterov"];

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Pruned_weights_stay_put_under_every_optimizer_and_kept_ones_move(string name)
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var mask = Half(weights);
        using var frozen = full_like(weights.Values, 0.25);
        using var method = new Masked(weights, mask, frozen);
        using var optimizer = Optimizer(name, method);
        method.Materialize();
        using var before = weights.Values.clone();
        for (int i = 0; i < 100; i++)
        {
            using var scope = NewDisposeScope();
            method.Materialize();
            weights.ZeroGradient();
            TinyNetworks.Loss(network, 8, 6).backward();
            method.PullBack();
            optimizer.Step();
        }

        method.Materialize();
        Near.Exact(before.masked_select(mask.Kept.logical_not()), weights.Values.masked_select(mask.Kept.logical_not()));
        using var moved = weights.Values.ne(before).masked_select(mask.Kept);
        Assert.True(moved.all().item<bool>());
    }

    [Fact]
    public void Pruned_weights_are_zero_or_what_was_asked_for()
    {
        using var network = TinyNetworks.Perceptron();
        using var weights = new WeightVector(network);
        using var own = weights.Values.clone();
        using var mask = Half(weights);
        using (var zero = new Masked(weights, mask))
        {
            zero.Materialize();
            Near.Exact(where(mask.Kept, own, zeros_like(own)), weights.Values);
            zero.Restore();
        }

        using var held = own.neg();
        using var frozen = new Masked(weights, mask, held);
        frozen.Materialize();
        Near.Exact(where(mask.Kept, own, held), weights.Values);
    }

    private static Mask Half(WeightVector weights)
    {
        using var all = new Mask(weights);
        return all.KeepLargest(weights.Values, [.. all.Counts.Select(count => count / 2)], new Philox(1));
    }

    private static Optimizer Optimizer(string name, Masked method) => name switch
    {
        "adam" => new Adam(method.Coordinates, method.Gradient, new AdamOptions { WeightDecay = 0.1 }),
        "adamw" => new Adam(method.Coordinates, method.Gradient, new AdamOptions { WeightDecay = 0.1, Decoupled = true }),
        "sgd" => new Sgd(method.Coordinates, method.Gradient, new SgdOptions { WeightDecay = 0.1 }),
        "momentum" => new Sgd(method.Coordinates, method.Gradient, new SgdOptions { Momentum = 0.9, WeightDecay = 0.1 }),
        _ => new Sgd(method.Coordinates, method.Gradient, new SgdOptions { Momentum = 0.9, WeightDecay = 0.1, Nesterov = true }),
    };
}

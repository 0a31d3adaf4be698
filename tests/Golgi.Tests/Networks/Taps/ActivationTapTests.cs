using Golgi.Networks.Catalog;
using Golgi.Networks.Taps;
using Golgi.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks.Taps;

public sealed class ActivationTapTests
{
    [Fact]
    public void A_reading_is_what_the_layer_gave_and_outlives_a_network_that_frees_it()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        var x = randn(5, 3);
        using var tap = new ActivationTap(network, ["fc1", "relu1", "fc2"]);
        Tensor logits;
        using (NewDisposeScope()) logits = tap.Run(x).MoveToOuterDisposeScope();

        var expected = ((nn.Module<Tensor, Tensor>)network.named_children().First().module).call(x);
        Assert.True(expected.allclose(tap["fc1"]));
        Assert.True(expected.relu().allclose(tap["relu1"]));
        Assert.True(logits.Equals(tap["fc2"]));
    }

    [Fact]
    public void Blocks_and_layers_within_blocks_are_read_by_their_dotted_names()
    {
        using var scope = NewDisposeScope();
        var network = ModelCatalog.Build("resnet20", [3, 32, 32], 10, null, 1);
        using var tap = new ActivationTap(network, ["layer2", "layer2.0.conv1", "layer2.2.relu2"]);
        tap.Run(zeros(2, 3, 32, 32));
        Assert.Equal([2, 32, 16, 16], tap["layer2.0.conv1"].shape);
        Assert.True(tap["layer2"].Equals(tap["layer2.2.relu2"]));
    }

    [Fact]
    public void Reading_changes_neither_outputs_nor_gradients()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        var x = randn(5, 3);
        var (plainOutput, plainGradient) = Backward(network, x, tap: null);
        using (var tap = new ActivationTap(network, ["fc1", "relu1"])) Compare(Backward(network, x, tap));
        using (var tap = ActivationTap.Differentiable(network, ["fc1", "relu1"])) Compare(Backward(network, x, tap));

        void Compare((Tensor Output, Tensor Gradient) tapped)
        {
            Assert.True(plainOutput.Equals(tapped.Output));
            Assert.True(plainGradient.Equals(tapped.Gradient));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_differentiable_reading_has_the_gradient_of_what_follows(bool trainable)
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        foreach (var parameter in network.parameters()) parameter.requires_grad_(trainable);
        using var tap = ActivationTap.Differentiable(network, ["relu1"]);
        var output = tap.Run(randn(5, 3));
        var gradient = autograd.grad([output[.., 1].sum()], [tap["relu1"]])[0];
        var weight = network.get_parameter("fc2.weight")!; // ∂ output₁ / ∂ relu1 is row 1 of the last matrix
        Assert.True(gradient.allclose(weight[1].expand(5, 4)));
    }

    [Fact]
    public void A_taken_reading_lives_on_after_the_tap()
    {
        using var network = SmallNetworks.Sequential();
        using var x = ones(2, 3);
        Tensor taken;
        using (var tap = new ActivationTap(network, ["relu1"]))
        {
            tap.Run(x).Dispose();
            taken = tap.Take("relu1");
            Assert.Throws<InvalidOperationException>(() => tap["relu1"]);
        }

        Assert.Equal([2, 4], taken.shape);
        Assert.True(taken.sum().item<float>() >= 0);
        taken.Dispose();
    }

    [Fact]
    public void The_number_of_live_tensors_stays_flat_over_repeated_taps()
    {
        using var network = SmallNetworks.Sequential();
        using var x = ones(2, 3);
        Once();
        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 20; i++) Once();
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Once()
        {
            using var tap = ActivationTap.Differentiable(network, ["fc1", "relu1"]);
            tap.Run(x).Dispose();
            tap.Run(x).Dispose();
        }
    }

    [Fact]
    public void Hooks_are_gone_after_use()
    {
        using var network = SmallNetworks.Sequential();
        using var x = ones(2, 3);
        var tap = new ActivationTap(network, ["relu1"]);
        tap.Dispose();
        network.call(x).Dispose();
        Assert.Throws<InvalidOperationException>(() => tap["relu1"]);
        Assert.Throws<ObjectDisposedException>(() => tap.Run(x));
        Assert.Equal(0, HookCount(network));
    }

    [Fact]
    public void Hooks_are_gone_after_a_wrong_name_which_is_told_with_the_nearest()
    {
        using var network = SmallNetworks.Sequential();
        var error = Assert.Throws<ArgumentException>(() => new ActivationTap(network, ["fc1", "relu2"]));
        Assert.Contains("relu1", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, HookCount(network));
    }

    [Fact]
    public void Hooks_are_gone_after_the_network_threw()
    {
        using var network = SmallNetworks.Throwing();
        using var x = ones(2, 3);
        Assert.Throws<InvalidDataException>(() =>
        {
            using var tap = new ActivationTap(network, ["fc1", "bomb"]);
            tap.Run(x);
        });
        Assert.Equal(0, HookCount(network));
    }

    [Fact]
    public void A_layer_that_was_not_tapped_is_told_with_those_that_were()
    {
        using var network = SmallNetworks.Sequential();
        using var tap = new ActivationTap(network, ["relu1"]);
        Assert.Contains("relu1", Assert.Throws<ArgumentException>(() => tap["fc1"]).Message, StringComparison.Ordinal);
    }

    private static (Tensor Output, Tensor Gradient) Backward(nn.Module<Tensor, Tensor> network, Tensor x, ActivationTap? tap)
    {
        network.zero_grad();
        var output = tap is null ? network.call(x) : tap.Run(x);
        output.square().sum().backward();
        return (output, network.get_parameter("fc1.weight")!.grad!.clone());
    }

    // The only way to see them from outside: TorchSharp keeps hooks in protected dictionaries.
    private static int HookCount(nn.Module network) => network.named_modules().Sum(layer =>
        ((System.Collections.IDictionary)layer.module.GetType()
            .GetField("post_hooks", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .GetValue(layer.module)!).Count);
}

using Golgi.Networks.Taps;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks.Taps;

public sealed class InterventionTests
{
    [Fact]
    public void A_silenced_unit_acts_like_one_whose_outgoing_weights_are_zero()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        var x = randn(6, 3, generator: new Generator(1));
        Tensor edited;
        using (Intervention.Zero(network, "relu1", [1, 3])) edited = network.call(x);
        var own = network.call(x);
        using (no_grad()) network.get_parameter("fc2.weight")!.index_fill_(1, tensor([1L, 3L]), 0);
        Assert.True(network.call(x).allclose(edited));
        Assert.False(own.allclose(edited));
    }

    [Fact]
    public void A_direction_is_added_at_every_place()
    {
        using var scope = NewDisposeScope();
        var network = nn.Sequential(("conv1", nn.Conv2d(1, 2, 3)));
        var x = randn(2, 1, 5, 5);
        var before = network.call(x);
        using var _ = Intervention.Add(network, "conv1", tensor([1f, -2f]));
        Assert.True((network.call(x) - before).allclose(tensor([1f, -2f]).view(1, 2, 1, 1).expand(2, 2, 3, 3), atol: 1e-5));
    }

    [Fact]
    public void A_replaced_layer_gives_the_value_and_nothing_of_its_own()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        using var _ = Intervention.Replace(network, "relu1", zeros(4));
        var bias = network.get_parameter("fc2.bias")!;
        Assert.True(network.call(randn(3, 3)).allclose(bias.expand(3, 2)));
    }

    [Fact]
    public void A_tap_made_afterwards_reads_the_changed_activations_and_their_gradient_flows()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        using var change = Intervention.Edit(network, "relu1", activation => activation * 2);
        using var tap = ActivationTap.Differentiable(network, ["fc1", "relu1"]);
        var output = tap.Run(randn(4, 3));
        Assert.True(tap["relu1"].allclose(tap["fc1"].relu() * 2));
        var gradient = autograd.grad([output.sum()], [tap["fc1"]])[0];
        Assert.True(gradient.allclose((tap["fc1"] > 0).to(float32) * 2 * network.get_parameter("fc2.weight")!.sum([0L])));
    }

    [Theory]
    [InlineData(new long[] { 4 }, "counted from 0")]
    [InlineData(new long[] { -1 }, "counted from 0")]
    public void A_unit_that_does_not_exist_is_told(long[] units, string hint)
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        var x = randn(1, 3);
        using (Intervention.Zero(network, "relu1", units))
        {
            Assert.Contains(hint, Assert.Throws<ArgumentException>(() => network.call(x)).Message, StringComparison.Ordinal);
        }

        network.call(x);
    }

    [Fact]
    public void A_value_or_an_edit_of_another_shape_is_told()
    {
        using var scope = NewDisposeScope();
        var network = SmallNetworks.Sequential();
        var x = randn(2, 3);
        using (Intervention.Add(network, "relu1", zeros(7)))
        {
            Assert.Contains("[7]", Assert.Throws<ArgumentException>(() => network.call(x)).Message, StringComparison.Ordinal);
        }

        using (Intervention.Edit(network, "relu1", activation => activation[.., ..2]))
        {
            Assert.Contains("[2, 2]", Assert.Throws<ArgumentException>(() => network.call(x)).Message, StringComparison.Ordinal);
        }
    }
}

using Golgi.Networks.Catalog;
using Golgi.Tests.Support;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks.Catalog;

[Collection(TorchState.Name)]
public sealed class ModelCatalogTests
{
    private static readonly long[] Mnist = [1, 28, 28], Cifar = [3, 32, 32];

    // Counts of Zhou et al. 2019 and Li et al. 2018; Caffe's LeNet: 520 + 25,050 + 400,500 + 5,010; ResNet-20 and 56: He et al. 2015, Table 6.
    [Theory]
    [InlineData("lenet-300-100", false, 266_610)]
    [InlineData("fc-784-300-100-10", false, 266_610)]
    [InlineData("fc-784-200-200-10", false, 199_210)]
    [InlineData("fc-784-400-400-400-400-400-10", false, 959_610)]
    [InlineData("lenet-6-16-120-84", false, 44_426)]
    [InlineData("lenet-6-16-120-84-untied", false, 286_334)]
    [InlineData("lenet-6-16-120-84-untied", true, 658_238)]
    [InlineData("lenet-6-16-120-84-full", false, 3_640_574)]
    [InlineData("lenet-6-16-120-84-full", true, 16_397_726)]
    [InlineData("lenet5", false, 431_080)]
    [InlineData("softmax", false, 7_850)]
    [InlineData("fc-3072-200-200-10", true, 656_810)]
    [InlineData("lenet-6-16-120-84", true, 62_006)]
    [InlineData("conv2", true, 4_301_642)]
    [InlineData("conv4", true, 2_425_930)]
    [InlineData("conv6", true, 2_262_602)]
    [InlineData("resnet20", true, 269_722)]
    [InlineData("resnet56", true, 853_018)]
    public void Networks_have_the_published_number_of_parameters(string name, bool cifar, long expected)
    {
        using var network = ModelCatalog.Build(name, cifar ? Cifar : Mnist, 10, null, 1);
        Assert.Equal(expected, network.parameters().Sum(p => p.numel()));
        using var x = zeros([2, .. cifar ? Cifar : Mnist]);
        using var y = network.call(x);
        Assert.Equal([2, 10], y.shape);
    }

    [Fact]
    public void Layers_have_names_that_can_be_read()
    {
        using var network = ModelCatalog.Build("lenet5", Mnist, 10, null, 1);
        Assert.Equal(
            ["conv1", "pool1", "conv2", "pool2", "flatten", "fc1", "relu1", "fc2"],
            network.named_modules().Select(layer => layer.name).Where(name => name.Length > 0));
    }

    [Fact]
    public void A_residual_network_has_the_names_of_the_published_weights()
    {
        using var network = ModelCatalog.Build("resnet20", Cifar, 10, null, 1);
        string[] names = [.. network.state_dict().Keys];
        Assert.Equal(19 + 19 * 5 + 2, names.Length);
        Assert.All(
            ["conv1.weight", "bn1.running_mean", "bn1.num_batches_tracked", "layer2.0.conv1.weight", "layer3.2.bn2.bias", "linear.weight"],
            name => Assert.Contains(name, names));
    }

    [Fact]
    public void The_same_seed_gives_the_same_weights_and_leaves_the_global_generator_alone()
    {
        using var before = random.get_rng_state();
        using var a = ModelCatalog.Build("lenet-300-100", Mnist, 10, null, 5);
        using var b = ModelCatalog.Build("lenet-300-100", Mnist, 10, null, 5);
        using var c = ModelCatalog.Build("lenet-300-100", Mnist, 10, null, 6);
        using var after = random.get_rng_state();
        Assert.All(a.parameters().Zip(b.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.False(a.parameters().First().Equals(c.parameters().First()));
        Assert.True(before.Equals(after));
    }

    [Theory]
    [InlineData("lenet-6", "lenet5")]
    [InlineData("fc-100-10", "fc-784-10")]
    [InlineData("fc-784-300-100-7", "fc-784-300-100-10")]
    [InlineData("fc-A-B-...-Z", "fc-784-300-100-10")]
    [InlineData("resnet21", "resnet20")]
    [InlineData("fc-784-0-10", "1 or more")]
    [InlineData("fc-784-999999999-10", "783,999,999,216 weights")]
    [InlineData("resnet9998", "Nearest")]
    public void A_wrong_name_is_told_with_a_right_one(string name, string hint)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => ModelCatalog.Build(name, Mnist, 10, null, 1));
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet5", new long[] { 14 }, "[C, H, W]")]
    [InlineData("lenet5", new long[] { 1, 8, 8 }, "too small")]
    [InlineData("resnet20", new long[] { 14 }, "[C, H, W]")]
    public void An_input_that_does_not_fit_is_told(string name, long[] shape, string hint)
    {
        var error = Assert.ThrowsAny<ArgumentException>(() => ModelCatalog.Build(name, shape, 10, null, 1));
        Assert.Contains(hint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forward_pass_leaves_only_its_output()
    {
        using var network = ModelCatalog.Build("cnn-small", Mnist, 10, null, 1);
        using var x = zeros([4, 1, 28, 28]);
        using (network.call(x))
        {
        }

        long live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int i = 0; i < 10; i++) network.call(x).Dispose();
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}

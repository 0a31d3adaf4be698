using Golgi.Native;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Native;

public sealed class HiddenCachesTests
{
    /// <summary>Channels that do not fill a block of 16 or 8: they go wrong where caches are taken for one byte.</summary>
    [Theory]
    [InlineData(1, 20, 50, 5)]
    [InlineData(16, 20, 50, 5)]
    [InlineData(1, 17, 16, 5)]
    [InlineData(2, 24, 16, 7)]
    [InlineData(3, 6, 16, 5)]
    public void Convolutions_agree_with_float64_whatever_the_machine_tells_of_its_caches(
        int batch, int channels, int filters, int kernel)
    {
        using var scope = NewDisposeScope();
        using var rng = new Generator(7);
        var images = randn([batch, channels, 12, 12], generator: rng).requires_grad_(true);
        var weights = randn([filters, channels, kernel, kernel], generator: rng).requires_grad_(true);
        var output = nn.functional.conv2d(images, weights);
        var ahead = randn(output.shape, generator: rng);
        var gradients = autograd.grad([output], [images, weights], [ahead]);

        var exactImages = images.detach().to(float64).requires_grad_(true);
        var exactWeights = weights.detach().to(float64).requires_grad_(true);
        var exact = nn.functional.conv2d(exactImages, exactWeights);
        var exactGradients = autograd.grad([exact], [exactImages, exactWeights], [ahead.to(float64)]);
        Near.Equal(exact, output, Near.Single);
        Near.Equal(exactGradients[0], gradients[0], Near.Single);
        Near.Equal(exactGradients[1], gradients[1], Near.Single);
    }

    [Fact]
    public void Sizes_are_set_where_they_are_hidden_and_left_alone_elsewhere()
    {
        using var tensor = ones(1);
        Assert.SkipWhen(HiddenCaches.AreHidden && !OperatingSystem.IsLinux(), "They can be set on Linux only.");
        var state = NativeRepairs.Report![NativeRepair.HiddenCaches].State;
        Assert.Equal(HiddenCaches.AreHidden ? NativeRepairState.Done : NativeRepairState.NotNeeded, state);
    }
}

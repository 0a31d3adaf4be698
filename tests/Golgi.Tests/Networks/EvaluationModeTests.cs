using Golgi.Networks;
using Golgi.Networks.Catalog;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks;

public sealed class EvaluationModeTests
{
    [Fact]
    public void A_layer_that_was_kept_in_evaluation_mode_stays_in_it()
    {
        using var network = ModelCatalog.Build("resnet20", [3, 8, 8], 10, null, 1);
        var frozen = network.named_modules().Single(entry => entry.name == "layer2.0").module;
        frozen.eval(); // with the layers within it, as one does to freeze batch normalization
        using (new EvaluationMode(network))
        {
            Assert.All(network.named_modules(), entry => Assert.False(entry.module.training));
            Assert.False(is_grad_enabled());
        }

        Assert.True(is_grad_enabled());
        Assert.True(network.training);
        Assert.All(network.named_modules(), entry =>
            Assert.Equal(!entry.name.StartsWith("layer2.0", StringComparison.Ordinal), entry.module.training));
    }
}

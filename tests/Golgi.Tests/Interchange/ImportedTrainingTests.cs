using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Opening;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>Imported networks learn, and networks that were cut down are exported.</summary>
public sealed class ImportedTrainingTests
{
    // Blurred pictures are new to the network; it gets used to these within a few steps.
    [Fact]
    [Trait("Speed", "Slow")]
    public void The_published_resnet20_is_fine_tuned_and_its_loss_falls()
    {
        using var scope = NewDisposeScope();
        using var specimen = SpecimenSource.Open(SharedModels.Path("resnet20_cifar10.onnx") + "@cifar10-torch", new SpecimenOptions
        {
            Data = "cifar10",
            DataFolder = Environment.GetEnvironmentVariable("GOLGI_DATA"),
        });
        var train = specimen.Data!.Train;
        specimen.Network.train();
        using var optimizer = optim.SGD(specimen.Network.parameters(), 0.02, momentum: 0.9);
        var which = arange(64);
        var losses = new List<double>();
        for (int i = 0; i < 10; i++)
        {
            using var step = NewDisposeScope();
            var images = nn.functional.avg_pool2d(specimen.Preprocessing.Apply(train.Read(which)), 3, 1, 1);
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(specimen.Network.call(images), train.Labels.index_select(0, which));
            loss.backward();
            optimizer.step();
            losses.Add(loss.item<float>());
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(" ", losses.Select(loss => loss.ToString("0.000"))));
        Assert.True(losses[^1] < 0.5 * losses[0], string.Join(" ", losses));
    }

    [Theory]
    [InlineData("lenet-300-100", new long[] { 1, 28, 28 })]
    [InlineData("lenet5", new long[] { 1, 28, 28 })]
    [InlineData("resnet20", new long[] { 3, 32, 32 })]
    public void A_pruned_and_shrunk_network_agrees_with_the_independent_runtime_after_export(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build(name, shape, 10, null, 1);
        network.eval();
        using (no_grad())
        {
            // Every third unit loses its weights, and every other weight is drawn away.
            foreach (var (parameter, i) in network.parameters().Select((parameter, i) => (parameter, i)))
            {
                parameter.mul_(rand(parameter.shape, generator: new Generator((ulong)i)).gt(0.5));
                if (parameter.shape[0] > 10) parameter.index_fill_(0, arange(0, parameter.shape[0], 3), 0);
            }
        }

        using var shrunk = Shrinker.Shrink(network, shape);
        Assert.True(shrunk.ParametersAfter < shrunk.ParametersBefore);
        var x = randn([5, .. shape], generator: new Generator(6));
        foreach (var module in new nn.Module<Tensor, Tensor>[] { network, shrunk.Network })
        {
            using var oracle = new OnnxOracle(OnnxWriter.ToBytes(OnnxExporter.ToModel(module, shape)));
            Near.Equal(oracle.Run(x), module.call(x), Near.Single);
        }
    }
}

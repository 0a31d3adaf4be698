using Golgi.Networks.Catalog;
using Golgi.Runs;
using Golgi.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks;

/// <summary>Our networks with published weights against another implementation of the same networks.</summary>
public sealed class PublishedWeightsTests
{
    [Theory]
    [InlineData("resnet20")]
    [InlineData("resnet56")]
    public void A_residual_network_with_published_weights_gives_what_OnnxRuntime_gives(string name)
    {
        string? data = Environment.GetEnvironmentVariable("GOLGI_DATA");
        Assert.SkipWhen(data is null, "GOLGI_DATA is not set.");
        string stem = Path.Combine(data, "models", $"{name}_cifar10");
        Assert.SkipUnless(File.Exists(stem + ".safetensors"), $"{stem}.safetensors is not there.");

        using var scope = NewDisposeScope();
        var network = ModelCatalog.Build(name, [3, 32, 32], 10, null, 0);
        Checkpoint.Load(stem + ".safetensors", Checkpoint.StateOf(network));
        network.eval();
        using var rng = new Generator(8);
        var pictures = randn([4, 3, 32, 32], generator: rng);
        using var _ = no_grad();
        var ours = network.call(pictures);

        using var session = new InferenceSession(stem + ".onnx");
        var input = new DenseTensor<float>(pictures.data<float>().ToArray(), [4, 3, 32, 32]);
        using var outputs = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], input)]);
        var theirs = tensor(outputs[0].AsEnumerable<float>().ToArray(), [4, 10]);
        Near.Equal(theirs, ours, Near.Single);
    }
}

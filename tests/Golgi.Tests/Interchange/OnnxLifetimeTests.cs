using Golgi.Interchange.Onnx;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

[Collection(TorchState.Name)]
public sealed class OnnxLifetimeTests
{
    [Fact]
    public void Repeated_calls_keep_no_tensors()
    {
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        using var x = randn(2, 2, 8, 8);
        network.call(x).Dispose();
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 5; i++) network.call(x).Dispose();
        });
    }
}

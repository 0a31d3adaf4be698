using Golgi.Data;
using Golgi.Interchange.Onnx;
using Golgi.Opening;
using Golgi.Tests.Contracts;
using Golgi.Tests.Data;
using Golgi.Tests.Instruments.Dimension;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Tests.Opening;

/// <summary>A file with convolution, running statistics and a linear layer.</summary>
public sealed class FileTrainableTests : TrainableContract, IDisposable
{
    private readonly DataSet data = TinyTask.Open();
    private readonly Scratch scratch = new();

    public FileTrainableTests()
    {
        using var network = nn.Sequential(
            ("conv", nn.Conv2d(1, 4, 3)), ("bn", nn.BatchNorm2d(4)), ("act", nn.ReLU()), ("flat", nn.Flatten()), ("fc", nn.Linear(144, 10)));
        OnnxExporter.Export(scratch["net.onnx"], network, [1, 8, 8]);
    }

    public void Dispose()
    {
        scratch.Dispose();
        data.Dispose();
    }

    protected override Trainable Create() => Trainables.Of(scratch["net.onnx"], data, new SupervisedOptions { Batch = 32 });
}

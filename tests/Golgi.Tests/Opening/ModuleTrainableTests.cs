using Golgi.Data;
using Golgi.Opening;
using Golgi.Tests.Contracts;
using Golgi.Tests.Instruments.Dimension;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Tests.Opening;

/// <summary>A user's own module; it draws in its forward pass too.</summary>
public sealed class ModuleTrainableTests : TrainableContract, IDisposable
{
    private readonly DataSet data = TinyTask.Open();

    public void Dispose() => data.Dispose();

    protected override Trainable Create() => Trainables.Of(
        "mine",
        data,
        () => nn.Sequential(("flat", nn.Flatten()), ("fc1", nn.Linear(64, 12)), ("act", nn.Tanh()), ("drop", nn.Dropout(0.2)),
            ("fc2", nn.Linear(12, 10))),
        new SupervisedOptions { Batch = 32, Augmentation = Augmentation.None });
}

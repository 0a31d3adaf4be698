using Golgi.Data;
using Golgi.Opening;
using Golgi.Tests.Contracts;
using Golgi.Tests.Instruments.Dimension;
using Golgi.Training;

namespace Golgi.Tests.Opening;

public sealed class CatalogTrainableTests : TrainableContract, IDisposable
{
    private readonly DataSet data = TinyTask.Open();

    public void Dispose() => data.Dispose();

    protected override Trainable Create() => Trainables.Of("fc-64-20-10", data, new SupervisedOptions { Batch = 32 });
}

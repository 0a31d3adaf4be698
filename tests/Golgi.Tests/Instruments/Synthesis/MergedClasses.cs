using Golgi.Data;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis;

/// <summary>A network for which every class has two known facets: digits 0 and 1 are class 0, digits 2 and 3 class 1,
/// and so on; or one with a mark planted in a corner of one class.</summary>
internal static class MergedClasses
{
    public static Specimen Train(Tensor pictures, Tensor labels, int classes, int steps, int seed = 1)
    {
        var network = ModelCatalog.Build("cnn-small", [1, 28, 28], classes, null, seed);
        using var optimizer = optim.Adam(network.parameters(), 1e-3);
        var random = new Philox(5).Reader();
        for (int step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var batch = tensor(Enumerable.Range(0, 64).Select(_ => (long)random.Next((int)labels.shape[0])).ToArray());
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(
                network.call(pictures.index_select(0, batch).to(ScalarType.Float32) / 255), labels.index_select(0, batch));
            loss.backward();
            optimizer.step();
        }

        network.eval();
        return new Specimen("merged", network, [1, 28, 28], Preprocessing.UnitRange, [.. Enumerable.Range(0, classes).Select(i => $"class {i}")]);
    }

    /// <summary>Drawn digits and their labels.</summary>
    public static (Tensor Pictures, Tensor Digits) Digits(int count) => Pictures($"strokes:{count}", count);

    /// <summary>Pictures of a data set and their labels; the test is skipped where the data set is not there.</summary>
    public static (Tensor Pictures, Tensor Labels) Pictures(string name, int count)
    {
        var source = DataCatalog.Find(name).Source;
        Assert.SkipWhen(source.Files.Count > 0 && source.Locate(new DataOptions()) is null, $"{name} is not in GOLGI_DATA.");
        using var data = DataCatalog.Open(name, new DataOptions { ValidationCount = 0 });
        var some = arange(Math.Min(count, data.Train.Count), ScalarType.Int64);
        return (data.Train.Read(some), data.Train.Labels.index_select(0, some));
    }
}

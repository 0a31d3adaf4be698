using Golgi.Data;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection;

/// <summary>Small networks with random pictures.</summary>
internal static class Specimens
{
    /// <summary>LeNet 6-16-120-84 for 20×20 pictures, with first weights.</summary>
    public static Specimen LeNet() => Of(ModelCatalog.Build("lenet-6-16-120-84", [1, 20, 20], 3, null, 3), [1, 20, 20], 3);

    public static Specimen Of(nn.Module<Tensor, Tensor> network, long[] shape, int classes) => new(
        "test", network, shape, Preprocessing.UnitRange, [.. Enumerable.Range(0, classes).Select(i => $"class {i}")]);

    /// <summary>Random bytes with labels 0..classes-1 in turn.</summary>
    public static TensorExamples Random(long count, long[] shape, int classes, ulong seed = 4)
    {
        using var rng = new Generator(seed);
        return new TensorExamples(
            randint(0, 256, [count, .. shape], ScalarType.Byte, generator: rng), arange(count, ScalarType.Int64).remainder(classes));
    }
}

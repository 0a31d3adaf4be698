using Golgi.Data;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Dimension;

/// <summary>Ten noisy prototypes of 8×8 pixels: learned by a perceptron in a second.</summary>
internal static class TinyTask
{
    public static DimensionProblem Problem { get; } = new()
    {
        Data = "tiny",
        Model = "fc-64-30-20-10",
        Steps = 300,
        Batch = 50,
        Optimizer = new() { LearningRate = 5e-3 },
    };

    public static DataSet Open()
    {
        float[] prototypes = new float[640];
        new Philox(3, 0).FillNormal(prototypes);
        return new DataSet(
            "tiny", Part(prototypes, 2000, 1), Part(prototypes, 500, 2), Part(prototypes, 500, 3),
            [.. Enumerable.Range(0, 10).Select(i => $"{i}")], Preprocessing.None, "tiny");
    }

    private static TensorExamples Part(float[] prototypes, int count, ulong stream)
    {
        float[] inputs = new float[count * 64];
        new Philox(3, stream).FillNormal(inputs);
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < 64; k++) inputs[(i * 64) + k] = (0.8f * inputs[(i * 64) + k]) + prototypes[(i % 10 * 64) + k];
        }

        return new TensorExamples(tensor(inputs, [count, 1, 8, 8]), arange(count).remainder(10));
    }
}

using Golgi.Data;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>Opens a problem's data set with its pixels or its labels out of order where the problem asks for that.</summary>
public static class ShuffledData
{
    private const ulong PixelStream = 0x706978;

    /// <summary>Opens the data set.</summary>
    /// <param name="problem">Names it, and its disorder.</param>
    /// <param name="folder">The folder that is searched first, or null.</param>
    /// <returns>The caller owns it.</returns>
    public static DataSet Open(DimensionProblem problem, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var data = DataCatalog.Open(problem.Data, problem.DataOptions(folder));
        return problem.Disorder switch
        {
            Shuffling.Pixels => WithPixels(data),
            Shuffling.Labels => ShuffledLabels.Of(data),
            _ => data,
        };
    }

    private static DataSet WithPixels(DataSet data)
    {
        int pixels = (int)data.InputShape.Skip(1).Aggregate(1L, (a, b) => a * b);
        using var order = tensor(new Philox(0, PixelStream).Permutation(pixels));
        return data with
        {
            Train = new PermutedPixels(data.Train, order),
            Validation = new PermutedPixels(data.Validation, order),
            Test = new PermutedPixels(data.Test, order),
            Identity = data.Identity + " pixels=shuffled",
            Owned = [.. data.Owned, data.Train, data.Validation, data.Test],
        };
    }
}

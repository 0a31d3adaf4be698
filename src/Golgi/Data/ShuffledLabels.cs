using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Data whose training labels are permuted among the training examples: there is nothing to learn but the examples
/// themselves. Validation and test labels stay true.</summary>
public static class ShuffledLabels
{
    private const ulong Stream = 0x6C6162;

    /// <summary>Permutes the training labels, always in the same way, so that networks of all seeds memorize the same.</summary>
    /// <param name="data">The data set; the result takes it over.</param>
    /// <returns>The caller owns it.</returns>
    public static DataSet Of(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var order = tensor(new Philox(0, Stream).Permutation((int)data.Train.Count));
        return data with
        {
            Train = new OtherTargets(data.Train, data.Train.Targets.Take(order)),
            Identity = data.Identity + " labels=shuffled",
            Owned = [.. data.Owned, data.Train],
        };
    }
}

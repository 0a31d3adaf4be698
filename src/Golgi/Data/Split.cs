using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Divides a training set into a training and a validation part, always the same for one seed.</summary>
internal static class Split
{
    /// <summary>Two streams of one seed, independent of each other.</summary>
    public const ulong HoldOutStream = 0x5350_4C49, TestStream = 0x5445_5354;

    /// <summary>Holds out validation examples: the first ones of a Philox permutation of the whole; the rest is for
    /// training. Both keep the order of the whole.</summary>
    public static (Examples Train, Examples Validation) HoldOut(Examples whole, DataOptions options, int defaultCount)
    {
        int count = Math.Min(options.ValidationCount ?? defaultCount, int.MaxValue);
        if (count >= whole.Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                $"{count} validation examples are asked for; the training set has {whole.Count} and must keep at least one.");
        }

        long[] order = new Philox((ulong)options.Seed, HoldOutStream).Permutation((int)whole.Count);
        int train = Math.Min(options.TrainLimit ?? int.MaxValue, order.Length - count);
        return (Take(whole, order.AsSpan(count, train)), Take(whole, order.AsSpan(0, count)));
    }

    /// <summary>All test examples, or a random choice of them where the options limit their number.</summary>
    public static Examples Limit(Examples test, DataOptions options)
    {
        int count = (int)Math.Min(options.TestLimit ?? int.MaxValue, test.Count);
        long[] order = new Philox((ulong)options.Seed, TestStream).Permutation((int)test.Count);
        return Take(test, order.AsSpan(0, count));
    }

    /// <summary>What of the options decides the parts, as a text for a data set's identity.</summary>
    public static string Identity(DataOptions options, int defaultCount) =>
        $"seed={options.Seed} validation={options.ValidationCount ?? defaultCount} "
        + $"train={options.TrainLimit?.ToString() ?? "all"} test={options.TestLimit?.ToString() ?? "all"}";

    /// <summary>Examples in memory are copied, so that reading a batch is one gather; others are shared.</summary>
    private static Examples Take(Examples whole, Span<long> chosen)
    {
        chosen.Sort();
        using var scope = NewDisposeScope();
        var indices = tensor(chosen.ToArray(), ScalarType.Int64);
        return whole is TensorExamples
            ? new TensorExamples(whole.Read(indices), whole.Targets.Take(indices))
            : new ExamplesSubset(whole, indices);
    }
}

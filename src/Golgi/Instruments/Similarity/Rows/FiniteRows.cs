using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>Refuses activations that are not numbers, and says where the first one lies.</summary>
internal static class FiniteRows
{
    /// <summary>Returns <paramref name="values"/> if all are finite.</summary>
    /// <param name="start">The number of the first row, for the message.</param>
    /// <exception cref="ArgumentException">One is infinite or not a number.</exception>
    public static Tensor Require(string name, Tensor values, long start)
    {
        using var scope = NewDisposeScope();

        // A sum is finite unless a term is not, or it overflows; only then is it worth looking closer.
        if (double.IsFinite(values.sum().to(ScalarType.Float64).item<double>())) return values;
        var bad = values.isfinite().logical_not();
        long count = bad.sum().item<long>();
        if (count == 0) return values;
        var first = bad.nonzero()[0];
        throw new ArgumentException(
            $"{name} holds values that are infinite or not a number, the first at row {start + first[0].item<long>()}, column "
                + $"{first[1].item<long>()}; activations must be finite.");
    }
}

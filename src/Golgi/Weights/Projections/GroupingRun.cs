using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Golgi.Weights.Projections;

/// <summary>One run of a grouping: consecutive weights over which the coordinates are dealt out evenly.</summary>
/// <param name="start">Its first weight.</param>
/// <param name="length">How many weights it has.</param>
/// <param name="dimension">d.</param>
/// <param name="codes">By weight: its coordinate, and its sign as the highest bit.</param>
/// <param name="places">By deal and coordinate: the weight within the run, and its sign; null where the last deal is not whole.</param>
internal readonly unsafe struct GroupingRun(long start, int length, int dimension, int* codes, int* places)
{
    public long Start => start;

    public int Length => length;

    public int* Codes => codes;

    public int* Places => places;

    /// <summary>weights ← origin ± values[coordinate].</summary>
    public void Gather<T>(T* origin, T* values, T* weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int* code = codes;
        int i = 0, count = length;
        if (typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            for (; i <= count - 8; i += 8)
            {
                (Vector256.Load((float*)origin + i) + Signed((float*)values, Vector256.Load(code + i))).Store((float*)weights + i);
            }
        }

        for (; i < count; i++)
        {
            T value = values[code[i] & int.MaxValue];
            weights[i] = origin[i] + (code[i] < 0 ? -value : value);
        }
    }

    /// <summary>sums[coordinate] ← sums[coordinate] ± gradient, in the order of the weights within each coordinate.</summary>
    public void Scatter<T>(T* gradient, T* sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (places is not null && typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            ScatterByPlaces((float*)gradient, (float*)sums);
            return;
        }

        int* code = codes;
        for (int i = 0; i < length; i++) sums[code[i] & int.MaxValue] += code[i] < 0 ? -gradient[i] : gradient[i];
    }

    /// <summary>The same sums in the same order, eight coordinates at a time: within a deal no two weights share one.</summary>
    private void ScatterByPlaces(float* gradient, float* sums)
    {
        int d = dimension;
        for (int* deal = places; deal < places + length; deal += d)
        {
            int j = 0;
            for (; j <= d - 8; j += 8) (Vector256.Load(sums + j) + Signed(gradient, Vector256.Load(deal + j))).Store(sums + j);
            for (; j < d; j++)
            {
                float value = gradient[deal[j] & int.MaxValue];
                sums[j] += deal[j] < 0 ? -value : value;
            }
        }
    }

    private static Vector256<float> Signed(float* values, Vector256<int> code)
    {
        var gathered = Avx2.GatherVector256(values, code & Vector256.Create(int.MaxValue), sizeof(float));
        return (gathered.AsInt32() ^ (code & Vector256.Create(int.MinValue))).AsSingle();
    }
}

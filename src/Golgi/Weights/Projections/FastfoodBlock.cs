using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Golgi.Weights.Projections;

/// <summary>One block of a Fastfood map.</summary>
/// <param name="index">Its number.</param>
/// <param name="start">The first weight that it makes.</param>
/// <param name="rows">How many weights it makes.</param>
/// <param name="signs">B, one bit for each place.</param>
/// <param name="order">Π.</param>
/// <param name="normals">G.</param>
internal readonly unsafe struct FastfoodBlock(int index, long start, int rows, uint* signs, int* order, float* normals)
{
    public int Index => index;

    public long Start => start;

    public int Rows => rows;

    public uint* Signs => signs;

    public int* Order => order;

    public float* Normals => normals;

    /// <summary>target ← B source, for the first <paramref name="count"/> places; the two may be the same.</summary>
    public void FlipSigns<T>(T* source, T* target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int done = typeof(T) == typeof(float) ? FlipFloats((uint*)source, (uint*)target, count) : 0;
        for (int j = done; j < count; j++) target[j] = ((signs[j >> 5] >> (j & 31)) & 1) == 0 ? source[j] : -source[j];
    }

    /// <summary>target ← G Π source: place k gets what lay at the k-th place of the order, times the k-th normal number.</summary>
    public void Permute<T>(T* source, T* target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int* from = order;
        float* factor = normals;
        int k = 0;
        if (typeof(T) == typeof(float) && Avx2.IsSupported)
        {
            for (; k <= count - 8; k += 8)
            {
                var gathered = Avx2.GatherVector256((float*)source, Vector256.Load(from + k), sizeof(float));
                (gathered * Vector256.Load(factor + k)).Store((float*)target + k);
            }
        }

        for (; k < count; k++) target[k] = source[from[k]] * T.CreateTruncating(factor[k]);
    }

    /// <summary>target ← Πᵀ G source.</summary>
    public void PermuteBack<T>(T* source, T* target, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int* to = order;
        float* factor = normals;
        for (int k = 0; k < count; k++) target[to[k]] = source[k] * T.CreateTruncating(factor[k]);
    }

    private int FlipFloats(uint* source, uint* target, int count)
    {
        uint* words = signs;
        var lift = Vector256.Create(1u << 31, 1u << 30, 1u << 29, 1u << 28, 1u << 27, 1u << 26, 1u << 25, 1u << 24);
        int j = 0;
        for (; j <= count - 8; j += 8)
        {
            // Bit j mod 32 of the word, brought to the sign's place in lane j mod 8.
            var bits = Vector256.Create(words[j >> 5] >> (j & 31)) * lift;
            (Vector256.Load(source + j) ^ (bits & Vector256.Create(0x80000000u))).Store(target + j);
        }

        return j;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>Butterflies of the Walsh-Hadamard transform on a vector that fits a cache, three stages for each visit of memory.</summary>
internal static unsafe class HadamardStages
{
    /// <summary>The whole transform of n elements, a power of two.</summary>
    public static void All<T>(T* x, int n)
        where T : unmanaged, INumber<T>
    {
        int lanes = Vector256<T>.Count;
        if (n < lanes)
        {
            Scalar(x, n, n);
            return;
        }

        if (typeof(T) == typeof(float)) WithinVectors((float*)x, n);
        else Scalar(x, n, lanes);
        From(x, n, lanes);
    }

    /// <summary>The stages whose partners lie <paramref name="h"/> or more apart; h is a multiple of a vector's length.</summary>
    public static void From<T>(T* x, int n, int h)
        where T : unmanaged, INumber<T>
    {
        for (; n / h >= 8; h *= 8) Radix8(x, n, h);
        if (n / h == 4) Radix4(x, n, h);
        else if (n / h == 2) Radix2(x, n, h);
    }

    private static void Radix8<T>(T* x, int n, int h)
        where T : unmanaged, INumber<T>
    {
        for (T* block = x; block < x + n; block += 8 * h)
        {
            for (T* p = block; p < block + h; p += Vector256<T>.Count)
            {
                var a = Vector256.Load(p);
                var b = Vector256.Load(p + h);
                var c = Vector256.Load(p + (2 * h));
                var d = Vector256.Load(p + (3 * h));
                var e = Vector256.Load(p + (4 * h));
                var f = Vector256.Load(p + (5 * h));
                var g = Vector256.Load(p + (6 * h));
                var i = Vector256.Load(p + (7 * h));
                (a, b, c, d) = (a + b, a - b, c + d, c - d);
                (e, f, g, i) = (e + f, e - f, g + i, g - i);
                (a, c, b, d) = (a + c, a - c, b + d, b - d);
                (e, g, f, i) = (e + g, e - g, f + i, f - i);
                (a + e).Store(p);
                (b + f).Store(p + h);
                (c + g).Store(p + (2 * h));
                (d + i).Store(p + (3 * h));
                (a - e).Store(p + (4 * h));
                (b - f).Store(p + (5 * h));
                (c - g).Store(p + (6 * h));
                (d - i).Store(p + (7 * h));
            }
        }
    }

    private static void Radix4<T>(T* x, int n, int h)
        where T : unmanaged, INumber<T>
    {
        for (T* block = x; block < x + n; block += 4 * h)
        {
            for (T* p = block; p < block + h; p += Vector256<T>.Count)
            {
                var a = Vector256.Load(p);
                var b = Vector256.Load(p + h);
                var c = Vector256.Load(p + (2 * h));
                var d = Vector256.Load(p + (3 * h));
                (a, b, c, d) = (a + b, a - b, c + d, c - d);
                (a + c).Store(p);
                (b + d).Store(p + h);
                (a - c).Store(p + (2 * h));
                (b - d).Store(p + (3 * h));
            }
        }
    }

    private static void Radix2<T>(T* x, int n, int h)
        where T : unmanaged, INumber<T>
    {
        for (T* block = x; block < x + n; block += 2 * h)
        {
            for (T* p = block; p < block + h; p += Vector256<T>.Count)
            {
                var a = Vector256.Load(p);
                var b = Vector256.Load(p + h);
                (a + b).Store(p);
                (a - b).Store(p + h);
            }
        }
    }

    /// <summary>The three stages inside a vector of eight floats: partner plus itself, its sign turned in the upper lane of a pair.</summary>
    private static void WithinVectors(float* x, int n)
    {
        var turn1 = Vector256.Create(0, 0x80000000, 0, 0x80000000, 0, 0x80000000, 0, 0x80000000).AsSingle();
        var turn2 = Vector256.Create(0, 0, 0x80000000, 0x80000000, 0, 0, 0x80000000, 0x80000000).AsSingle();
        var turn4 = Vector256.Create(0, 0, 0, 0, 0x80000000, 0x80000000, 0x80000000, 0x80000000).AsSingle();
        for (float* p = x; p < x + n; p += 8)
        {
            var v = Vector256.Load(p);
            v = Vector256.Shuffle(v, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6)) + (v ^ turn1);
            v = Vector256.Shuffle(v, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5)) + (v ^ turn2);
            v = Vector256.Shuffle(v, Vector256.Create(4, 5, 6, 7, 0, 1, 2, 3)) + (v ^ turn4);
            v.Store(p);
        }
    }

    private static void Scalar<T>(T* x, int n, int end)
        where T : unmanaged, INumber<T>
    {
        for (int h = 1; h < end; h *= 2)
        {
            for (int block = 0; block < n; block += 2 * h)
            {
                for (int j = block; j < block + h; j++) (x[j], x[j + h]) = (x[j] + x[j + h], x[j] - x[j + h]);
            }
        }
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;

namespace Golgi.Weights.Projections;

/// <summary>Scaled sums and dot products with float32 columns, eight at a time and in one order of additions everywhere.</summary>
internal static unsafe class FloatColumns
{
    /// <summary>result ← a + factor b.</summary>
    public static void AddScaled<T>(T* a, T* b, T factor, T* result, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i <= count - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            (Vector256.Load(a + i) + (Vector256.Load(b + i) * factor)).Store(result + i);
        }

        for (; i < count; i++) result[i] = a[i] + (b[i] * factor);
    }

    /// <summary>y ← y + a x.</summary>
    public static void AddScaled<T>(T* y, float* x, T a, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            var factor = Vector256.Create(float.CreateTruncating(a));
            for (; i <= count - 8; i += 8)
            {
                (Vector256.Load((float*)y + i) + (Vector256.Load(x + i) * factor)).Store((float*)y + i);
            }
        }
        else
        {
            var factor = Vector256.Create(double.CreateTruncating(a));
            for (; i <= count - 8; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(x + i));
                (Vector256.Load((double*)y + i) + (low * factor)).Store((double*)y + i);
                (Vector256.Load((double*)y + i + 4) + (high * factor)).Store((double*)y + i + 4);
            }
        }

        for (; i < count; i++) y[i] += a * T.CreateTruncating(x[i]);
    }

    /// <summary>x · y.</summary>
    public static double Dot<T>(float* x, T* y, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            var (a, b) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (; i <= count - 16; i += 16)
            {
                a += Vector256.Load(x + i) * Vector256.Load((float*)y + i);
                b += Vector256.Load(x + i + 8) * Vector256.Load((float*)y + i + 8);
            }

            a += b;
            for (int lane = 0; lane < 8; lane++) sum += a.GetElement(lane); // the order of Vector256.Sum is not promised
        }
        else
        {
            var (a, b) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (; i <= count - 8; i += 8)
            {
                var (low, high) = Vector256.Widen(Vector256.Load(x + i));
                a += low * Vector256.Load((double*)y + i);
                b += high * Vector256.Load((double*)y + i + 4);
            }

            a += b;
            for (int lane = 0; lane < 4; lane++) sum += a.GetElement(lane);
        }

        for (; i < count; i++) sum += x[i] * double.CreateTruncating(y[i]);
        return sum;
    }
}

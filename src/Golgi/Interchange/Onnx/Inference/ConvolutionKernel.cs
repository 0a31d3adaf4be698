using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>The inner loops of a convolution: a few pixels times two vectors of output channels, held in registers while the
/// window is summed up.</summary>
/// <remarks>With 512-bit vectors 8 pixels times 32 channels, else 4 times 16. A multiplication waits 4 cycles for the one before it
/// and two start in each cycle, so that eight sums or more keep the units busy. Inputs and weights are read from memory
/// (8 + 2) / 16 times per multiplication.</remarks>
internal static unsafe class ConvolutionKernel
{
    /// <summary>True where the processor has the vectors that these loops are written for.</summary>
    public static bool IsSupported => Vector256.IsHardwareAccelerated && System.Runtime.Intrinsics.X86.Fma.IsSupported;

    /// <summary>Pixels in a tile.</summary>
    public static int Pixels => Vector512.IsHardwareAccelerated ? 8 : 4;

    /// <summary>Output channels in a tile.</summary>
    public static int Channels => Vector512.IsHardwareAccelerated ? 32 : 16;

    /// <summary>Sums a tile: y[p, c] = bias[c] + Σ_s Σ_k x[pixels[p] + segments[s] + k] · weights[s, k, c].</summary>
    /// <param name="pixels">Where each pixel's window begins; <see cref="Pixels"/> pointers, all valid.</param>
    /// <param name="segments">Where each contiguous piece of the window begins, relative to the window.</param>
    /// <param name="run">Elements in a piece.</param>
    /// <param name="weights">Of <see cref="Channels"/> output channels.</param>
    /// <param name="y">[<see cref="Pixels"/>, <see cref="Channels"/>], <paramref name="pitch"/> elements from pixel to pixel.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Tile(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        if (Vector512.IsHardwareAccelerated) Tile512(pixels, segments, run, weights, y, pitch);
        else Tile256(pixels, segments, run, weights, y, pitch);
    }

    /// <summary>The first half of a tile's channels alone, where the others are not wanted. Parameters as in <see cref="Tile"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void HalfTile(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        if (Vector512.IsHardwareAccelerated) Half512(pixels, segments, run, weights, y, pitch);
        else Half256(pixels, segments, run, weights, y, pitch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile512(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        float* w = weights.Weights;
        Vector512<float> b0 = Vector512.Load(weights.Bias), b1 = Vector512.Load(weights.Bias + 16);
        Vector512<float> a0 = b0, a1 = b0, a2 = b0, a3 = b0, a4 = b0, a5 = b0, a6 = b0, a7 = b0;
        Vector512<float> c0 = b1, c1 = b1, c2 = b1, c3 = b1, c4 = b1, c5 = b1, c6 = b1, c7 = b1;
        foreach (nint segment in segments)
        {
            float* p0 = pixels[0] + segment, p1 = pixels[1] + segment, p2 = pixels[2] + segment, p3 = pixels[3] + segment;
            float* p4 = pixels[4] + segment, p5 = pixels[5] + segment, p6 = pixels[6] + segment, p7 = pixels[7] + segment;
            for (nint k = 0; k < run; k++)
            {
                Vector512<float> w0 = Vector512.Load(w), w1 = Vector512.Load(w + 16), x;
                w += 32;
                x = Vector512.Create(p0[k]);
                a0 = Vector512.FusedMultiplyAdd(x, w0, a0);
                c0 = Vector512.FusedMultiplyAdd(x, w1, c0);
                x = Vector512.Create(p1[k]);
                a1 = Vector512.FusedMultiplyAdd(x, w0, a1);
                c1 = Vector512.FusedMultiplyAdd(x, w1, c1);
                x = Vector512.Create(p2[k]);
                a2 = Vector512.FusedMultiplyAdd(x, w0, a2);
                c2 = Vector512.FusedMultiplyAdd(x, w1, c2);
                x = Vector512.Create(p3[k]);
                a3 = Vector512.FusedMultiplyAdd(x, w0, a3);
                c3 = Vector512.FusedMultiplyAdd(x, w1, c3);
                x = Vector512.Create(p4[k]);
                a4 = Vector512.FusedMultiplyAdd(x, w0, a4);
                c4 = Vector512.FusedMultiplyAdd(x, w1, c4);
                x = Vector512.Create(p5[k]);
                a5 = Vector512.FusedMultiplyAdd(x, w0, a5);
                c5 = Vector512.FusedMultiplyAdd(x, w1, c5);
                x = Vector512.Create(p6[k]);
                a6 = Vector512.FusedMultiplyAdd(x, w0, a6);
                c6 = Vector512.FusedMultiplyAdd(x, w1, c6);
                x = Vector512.Create(p7[k]);
                a7 = Vector512.FusedMultiplyAdd(x, w0, a7);
                c7 = Vector512.FusedMultiplyAdd(x, w1, c7);
            }
        }

        var low = Vector512.Create(weights.Floor);
        Put(a0, c0, 0);
        Put(a1, c1, 1);
        Put(a2, c2, 2);
        Put(a3, c3, 3);
        Put(a4, c4, 4);
        Put(a5, c5, 5);
        Put(a6, c6, 6);
        Put(a7, c7, 7);

        void Put(Vector512<float> left, Vector512<float> right, int pixel)
        {
            Vector512.Max(left, low).Store(y + ((nint)pitch * pixel));
            Vector512.Max(right, low).Store(y + ((nint)pitch * pixel) + 16);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile256(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        float* w = weights.Weights;
        Vector256<float> b0 = Vector256.Load(weights.Bias), b1 = Vector256.Load(weights.Bias + 8);
        Vector256<float> a0 = b0, a1 = b0, a2 = b0, a3 = b0, c0 = b1, c1 = b1, c2 = b1, c3 = b1;
        foreach (nint segment in segments)
        {
            float* p0 = pixels[0] + segment, p1 = pixels[1] + segment, p2 = pixels[2] + segment, p3 = pixels[3] + segment;
            for (nint k = 0; k < run; k++)
            {
                Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8), x;
                w += 16;
                x = Vector256.Create(p0[k]);
                a0 = Vector256.FusedMultiplyAdd(x, w0, a0);
                c0 = Vector256.FusedMultiplyAdd(x, w1, c0);
                x = Vector256.Create(p1[k]);
                a1 = Vector256.FusedMultiplyAdd(x, w0, a1);
                c1 = Vector256.FusedMultiplyAdd(x, w1, c1);
                x = Vector256.Create(p2[k]);
                a2 = Vector256.FusedMultiplyAdd(x, w0, a2);
                c2 = Vector256.FusedMultiplyAdd(x, w1, c2);
                x = Vector256.Create(p3[k]);
                a3 = Vector256.FusedMultiplyAdd(x, w0, a3);
                c3 = Vector256.FusedMultiplyAdd(x, w1, c3);
            }
        }

        var low = Vector256.Create(weights.Floor);
        Put(a0, c0, 0);
        Put(a1, c1, 1);
        Put(a2, c2, 2);
        Put(a3, c3, 3);

        void Put(Vector256<float> left, Vector256<float> right, int pixel)
        {
            Vector256.Max(left, low).Store(y + ((nint)pitch * pixel));
            Vector256.Max(right, low).Store(y + ((nint)pitch * pixel) + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Half512(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        float* w = weights.Weights;
        Vector512<float> a0 = Vector512.Load(weights.Bias), a1 = a0, a2 = a0, a3 = a0, a4 = a0, a5 = a0, a6 = a0, a7 = a0;
        foreach (nint segment in segments)
        {
            float* p0 = pixels[0] + segment, p1 = pixels[1] + segment, p2 = pixels[2] + segment, p3 = pixels[3] + segment;
            float* p4 = pixels[4] + segment, p5 = pixels[5] + segment, p6 = pixels[6] + segment, p7 = pixels[7] + segment;
            for (nint k = 0; k < run; k++)
            {
                var w0 = Vector512.Load(w);
                w += 32;
                a0 = Vector512.FusedMultiplyAdd(Vector512.Create(p0[k]), w0, a0);
                a1 = Vector512.FusedMultiplyAdd(Vector512.Create(p1[k]), w0, a1);
                a2 = Vector512.FusedMultiplyAdd(Vector512.Create(p2[k]), w0, a2);
                a3 = Vector512.FusedMultiplyAdd(Vector512.Create(p3[k]), w0, a3);
                a4 = Vector512.FusedMultiplyAdd(Vector512.Create(p4[k]), w0, a4);
                a5 = Vector512.FusedMultiplyAdd(Vector512.Create(p5[k]), w0, a5);
                a6 = Vector512.FusedMultiplyAdd(Vector512.Create(p6[k]), w0, a6);
                a7 = Vector512.FusedMultiplyAdd(Vector512.Create(p7[k]), w0, a7);
            }
        }

        var low = Vector512.Create(weights.Floor);
        Vector512.Max(a0, low).Store(y + ((nint)pitch * 0));
        Vector512.Max(a1, low).Store(y + ((nint)pitch * 1));
        Vector512.Max(a2, low).Store(y + ((nint)pitch * 2));
        Vector512.Max(a3, low).Store(y + ((nint)pitch * 3));
        Vector512.Max(a4, low).Store(y + ((nint)pitch * 4));
        Vector512.Max(a5, low).Store(y + ((nint)pitch * 5));
        Vector512.Max(a6, low).Store(y + ((nint)pitch * 6));
        Vector512.Max(a7, low).Store(y + ((nint)pitch * 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Half256(float** pixels, nint[] segments, nint run, KernelWeights weights, float* y, int pitch)
    {
        float* w = weights.Weights;
        Vector256<float> a0 = Vector256.Load(weights.Bias), a1 = a0, a2 = a0, a3 = a0;
        foreach (nint segment in segments)
        {
            float* p0 = pixels[0] + segment, p1 = pixels[1] + segment, p2 = pixels[2] + segment, p3 = pixels[3] + segment;
            for (nint k = 0; k < run; k++)
            {
                var w0 = Vector256.Load(w);
                w += 16;
                a0 = Vector256.FusedMultiplyAdd(Vector256.Create(p0[k]), w0, a0);
                a1 = Vector256.FusedMultiplyAdd(Vector256.Create(p1[k]), w0, a1);
                a2 = Vector256.FusedMultiplyAdd(Vector256.Create(p2[k]), w0, a2);
                a3 = Vector256.FusedMultiplyAdd(Vector256.Create(p3[k]), w0, a3);
            }
        }

        var low = Vector256.Create(weights.Floor);
        Vector256.Max(a0, low).Store(y + ((nint)pitch * 0));
        Vector256.Max(a1, low).Store(y + ((nint)pitch * 1));
        Vector256.Max(a2, low).Store(y + ((nint)pitch * 2));
        Vector256.Max(a3, low).Store(y + ((nint)pitch * 3));
    }
}

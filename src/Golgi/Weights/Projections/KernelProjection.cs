using System.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Weights.Projections;

/// <summary>A projection computed by this library's own loops over CPU memory, in single or double precision, with the same
/// bits for any number of threads. Vectors on another device travel.</summary>
public abstract unsafe class KernelProjection : Projection
{
    /// <inheritdoc/>
    protected KernelProjection(long weights, int dimension)
        : base(weights, dimension)
    {
    }

    /// <inheritdoc/>
    protected sealed override void Multiply(Tensor coordinates, Tensor origin, Tensor weights)
    {
        var (c, o, w) = (Host(coordinates), Host(origin), Host(weights));
        fixed (byte* cs = c.bytes, os = o.bytes, ws = w.bytes)
        {
            if (w.dtype == ScalarType.Float32) Multiply((float*)cs, (float*)os, (float*)ws, get_num_threads());
            else Multiply((double*)cs, (double*)os, (double*)ws, get_num_threads());
        }

        if (!ReferenceEquals(w, weights)) weights.copy_(w);
    }

    /// <inheritdoc/>
    protected sealed override void MultiplyTransposed(Tensor gradient, Tensor coordinates)
    {
        var (g, c) = (Host(gradient), Host(coordinates));
        fixed (byte* gs = g.bytes, cs = c.bytes)
        {
            if (g.dtype == ScalarType.Float32) MultiplyTransposed((float*)gs, (float*)cs, get_num_threads());
            else MultiplyTransposed((double*)gs, (double*)cs, get_num_threads());
        }

        if (!ReferenceEquals(c, coordinates)) coordinates.copy_(c);
    }

    /// <summary>weights ← origin + P coordinates.</summary>
    private protected abstract void Multiply<T>(T* coordinates, T* origin, T* weights, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>coordinates ← Pᵀ gradient.</summary>
    private protected abstract void MultiplyTransposed<T>(T* gradient, T* coordinates, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private static Tensor Host(Tensor x) => x.device_type == DeviceType.CPU && x.is_contiguous() ? x : x.cpu().contiguous();
}

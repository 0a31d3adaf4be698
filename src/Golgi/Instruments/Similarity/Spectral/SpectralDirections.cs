using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>The directions in which channels vary at one spatial frequency.</summary>
internal sealed class SpectralDirections : IDisposable
{
    private SpectralDirections(Tensor values, double[] singularValues) =>
        (Values, SingularValues) = (values.DetachFromDisposeScope(), singularValues);

    /// <summary>complex128 [images, rank]: orthonormal, zero mean, of falling variance. Owned by this object.</summary>
    public Tensor Values { get; }

    /// <summary>[rank], in falling order.</summary>
    public double[] SingularValues { get; }

    public int Rank => SingularValues.Length;

    /// <summary>Decomposes what channels are at a frequency.</summary>
    /// <param name="spectrum">complex128 [images, channels], centred over images.</param>
    /// <param name="floor">The length below which a channel's values are rounding.</param>
    /// <param name="tolerance">Rank tolerance on singular values of channels scaled to length 1.</param>
    /// <returns>Null if no channel varies.</returns>
    public static SpectralDirections? Of(Tensor spectrum, double floor, double tolerance)
    {
        using var scope = NewDisposeScope();
        var lengths = spectrum.abs().square().sum([0L]).sqrt();
        var live = (lengths > floor).nonzero().flatten();
        if (live.shape[0] == 0) return null;
        var x = spectrum.index_select(1, live);
        var (u, s, _) = linalg.svd(x / lengths.index_select(0, live), fullMatrices: false);
        var q = u.narrow(1, 0, (s > s[0] * tolerance).sum().item<long>());
        var (turn, values, _) = linalg.svd(q.conj().t().mm(x), fullMatrices: false);
        return new SpectralDirections(q.mm(turn), [.. values.data<double>()]);
    }

    public void Dispose() => Values.Dispose();
}

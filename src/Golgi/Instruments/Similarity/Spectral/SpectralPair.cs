using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Spectral;

/// <summary>Two layers at one spatial frequency (and at its mirror image).</summary>
internal sealed class SpectralPair(SpectralDirections left, SpectralDirections right, bool conjugate, int keptLeft, int keptRight)
{
    /// <summary>How many frequencies it stands for.</summary>
    public int Weight { get; set; } = 1;

    public int KeptLeft => keptLeft;

    public int KeptRight => keptRight;

    /// <summary>[images, kept], as the left layer has them; borrowed by the caller's scope.</summary>
    public Tensor Left => left.Values.narrow(1, 0, keptLeft);

    /// <summary>[images, kept] at the same frequency.</summary>
    public Tensor Right => conjugate ? right.Values.narrow(1, 0, keptRight).conj().resolve_conj() : right.Values.narrow(1, 0, keptRight);

    /// <summary>Lᴴ R, [kept left, kept right].</summary>
    public Tensor Cosines() => Left.conj().t().mm(Right);

    /// <summary>Canonical correlations, largest first, in [0, 1].</summary>
    public static double[] Correlations(Tensor cosines)
    {
        using var scope = NewDisposeScope();
        return [.. linalg.svdvals(cosines).clamp(0, 1).data<double>()];
    }
}

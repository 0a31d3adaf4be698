using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>How improbable a picture's patches are under a mixture of Gaussians: −mean_p log Σ_k π_k N(p; μ_k, Σ_k),
/// each patch
/// without its own mean, an energy, in the unit range.</summary>
/// <remarks>Zoran and Weiss 2011 (EPLL). Fitted by expectation and maximization from k-means.</remarks>
public sealed class PatchMixture : Objective, IDisposable
{
    private const double Ridge = 1e-4;       // variance added to each covariance, unit range: noise of 2.5 gray levels
    private readonly Tensor means;           // [K, values]
    private readonly Tensor whiteners;       // L⁻¹ of Σ_k = L Lᵀ, [K, values, values]
    private readonly Tensor offsets;         // log π_k − Σ log L_ii − values/2 · log 2π, [K]

    private PatchMixture(Tensor weights, Tensor means, Tensor covariances, int size, int stride)
    {
        (Size, Stride) = (size, stride);
        var factor = linalg.cholesky(covariances);
        double constant = means.shape[1] * 0.5 * Math.Log(2 * Math.PI);
        this.means = means.clone().DetachFromDisposeScope();
        whiteners = linalg.inv(factor).DetachFromDisposeScope();
        offsets = (weights.log() - factor.diagonal(0, 1, 2).log().sum(1) - constant).DetachFromDisposeScope();
    }

    /// <summary>The patches' side in pixels.</summary>
    public int Size { get; }

    /// <summary>Pixels from one patch of a picture to the next.</summary>
    public int Stride { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <summary>Fits a mixture to patches.</summary>
    /// <param name="patches">[patches, C · size · size], unit range, several times as many as
    /// <paramref name="components"/>.</param>
    /// <param name="size">Their side in pixels.</param>
    /// <param name="components">Gaussians of the mixture.</param>
    /// <param name="random">The start.</param>
    /// <param name="iterations">Of expectation and maximization.</param>
    /// <param name="stride">Pixels from one patch of a picture to the next. Default: half a patch.</param>
    /// <returns>The caller owns it.</returns>
    public static PatchMixture Fit(
        Tensor patches, int size, int components, Philox random, int iterations = 10, int? stride = null)
    {
        Check.Shape(patches, "[patches, values]");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = Centered(patches.detach().to(ScalarType.Float64));           // [M, d]
        var first = KMeans.Fit(x, components, random, new KMeansOptions { Restarts = 1, Iterations = 20 });
        var share = nn.functional.one_hot(tensor(first.Labels.Select(label => (long)label).ToArray()), components).to(ScalarType.Float64);
        PatchMixture mixture = Estimate(x, share, size, stride);
        for (int i = 1; i < iterations; i++)
        {
            share = mixture.LogJoint(x).softmax(1);
            mixture.Dispose();
            mixture = Estimate(x, share, size, stride);
        }

        return mixture;
    }

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var patches = PatchEnergy.Patches(PictureUnits.Unit(pass.Pictures), Size, Stride);
        var flat = Centered(patches.reshape(-1, patches.shape[2]));
        return -LogJoint(flat).logsumexp(1).view(patches.shape[0], -1).mean([1]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"patch mixture of {means.shape[0]}";

    /// <inheritdoc/>
    public void Dispose()
    {
        means.Dispose();
        whiteners.Dispose();
        offsets.Dispose();
    }

    private static PatchMixture Estimate(Tensor x, Tensor share, int size, int? stride)
    {
        var mass = share.sum(0L) + 1e-9;                                     // [K]; a component that lost its patches stays finite
        var means = share.t().mm(x) / mass.unsqueeze(1);
        var covariances = stack(Enumerable.Range(0, (int)mass.shape[0]).Select(k =>
        {
            var centered = x - means[k];
            return (centered * share.select(1, k).unsqueeze(1)).t().mm(centered) / mass[k];
        }));
        covariances += eye(x.shape[1], dtype: x.dtype) * Ridge;
        return new PatchMixture(
            mass / mass.sum(), means, covariances, size,
            Check.Positive(stride ?? Math.Max(1, size / 2), nameof(stride)));
    }

    /// <summary>log π_k N(p; μ_k, Σ_k), [patches, K].</summary>
    private Tensor LogJoint(Tensor patches)
    {
        var centered = patches.unsqueeze(0) - means.to(patches.dtype).unsqueeze(1);              // [K, M, d]
        var white = centered.matmul(whiteners.to(patches.dtype).transpose(1, 2));                // L⁻¹ (p − μ)
        return (offsets.to(patches.dtype).unsqueeze(1) - (0.5 * white.square().sum(2))).t();
    }

    private static Tensor Centered(Tensor patches) => patches - patches.mean([1], keepdim: true);
}

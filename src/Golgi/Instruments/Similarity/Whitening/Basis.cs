using Golgi.Foundation;
using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>
/// A layer's activations, centred and whitened once: X − μ = Q C with orthonormal columns in Q, one per direction in which
/// the layer really varies. Every measure against any other layer follows from Qᵃᵀ Qᵇ and the two C.
/// </summary>
/// <remarks>
/// Computed in float64, by the cheapest way that keeps the digits. Tall data: Cholesky of the correlation matrix, taken only
/// while trace(R⁻¹), which bounds the loss, stays below <see cref="CholeskyLimit"/>; otherwise, and for wide data, Householder
/// QR and a singular value decomposition of the centred columns scaled to length 1, which squares no condition number.
/// Rank: singular values of those scaled columns above tolerance × the largest, so that the units of a neuron do not decide
/// whether it counts; a feature whose deviation is below 1e-12 of its mean is constant and left out.
/// </remarks>
public sealed class Basis : IDisposable
{
    /// <summary>The bound on trace(R⁻¹) up to which Cholesky whitening is exact to about 1e-10.</summary>
    public const double CholeskyLimit = 1e5;

    /// <summary>Default rank tolerance for float64 data.</summary>
    public const double DoubleTolerance = 1e-10;

    /// <summary>Default rank tolerance for float32 data, above their rounding (6e-8) and below what they can mean.</summary>
    public const double SingleTolerance = 1e-6;

    private const double ConstantTolerance = 1e-12;

    private readonly Lazy<(Tensor Rotation, Tensor Deviations)> principal;

    private Basis(Tensor whitening, Tensor coefficients, Tensor mean, long samples, Tensor? directions)
    {
        Whitening = whitening.DetachFromDisposeScope();
        Coefficients = coefficients.DetachFromDisposeScope();
        Mean = mean.DetachFromDisposeScope();
        Directions = directions?.DetachFromDisposeScope();
        Samples = samples;
        principal = new(Decompose);
    }

    /// <summary>Samples that it was made from.</summary>
    public long Samples { get; }

    /// <summary>Features (neurons, channels) of the layer.</summary>
    public long Features => Whitening.shape[0];

    /// <summary>Directions in which the layer varies, at most min(features, samples − 1).</summary>
    public long Rank => Whitening.shape[1];

    /// <summary>μ, [features]. Owned by this object.</summary>
    public Tensor Mean { get; }

    /// <summary>T, [features, rank], with (X − μ) T = Q. Owned by this object.</summary>
    public Tensor Whitening { get; }

    /// <summary>C, [rank, features], with X − μ = Q C. Owned by this object.</summary>
    public Tensor Coefficients { get; }

    /// <summary>Q, [samples, rank]: orthonormal, zero mean. Null where only sums were seen. Owned by this object.</summary>
    public Tensor? Directions { get; }

    /// <summary>Singular values of X − μ in falling order, [rank]: √(samples − 1) times the standard deviations along the
    /// principal directions. Owned by this object.</summary>
    public Tensor SingularValues => principal.Value.Deviations;

    /// <summary>W, [rank, rank], orthogonal: Q W are the principal directions, first the one of most variance. Owned by this object.</summary>
    public Tensor Rotation => principal.Value.Rotation;

    /// <summary>Whitens activations that are in memory.</summary>
    /// <param name="activations">float32 or float64 [samples, features], finite.</param>
    /// <param name="tolerance">Rank tolerance; by default that of the element type.</param>
    /// <exception cref="ArgumentException">Not a finite matrix of 2 samples or more, or all features are constant.</exception>
    public static Basis Of(Tensor activations, double? tolerance = null)
    {
        Check.Finite(Check.Shape(activations, "[N, P]"));
        Check.InRange(activations.shape[0], 2, long.MaxValue, "samples");
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var x = activations.to(ScalarType.Float64);
        double limit = tolerance ?? (activations.dtype == ScalarType.Float64 ? DoubleTolerance : SingleTolerance);
        using var moments = new SideMoments(x.mean([0L]));
        if (x.shape[0] > x.shape[1])
        {
            moments.Add(x);
            if (TryOf(moments) is { } quick) return quick.With((x - quick.Mean).mm(quick.Whitening));
        }

        return OfCentred(x - moments.Origin, moments.Origin, activations.shape[0], limit);
    }

    /// <summary>True if at least one feature varies over the samples.</summary>
    internal static bool Varies(SideMoments moments)
    {
        using var scope = NewDisposeScope();
        var lengths = moments.Scatter().diagonal().clamp_min(0).sqrt();
        return (lengths > Floor(moments.Mean(), moments.Count)).any().item<bool>();
    }

    /// <summary>Whitens what only sums are known of, if the sums carry enough digits.</summary>
    /// <returns>Null if they do not: the correlation matrix is singular or too ill conditioned.</returns>
    /// <exception cref="ArgumentException">All features are constant.</exception>
    internal static Basis? TryOf(SideMoments moments)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (scatter, mean, live, scale) = Correlations(moments);
        var (lower, failed) = linalg.cholesky_ex(scatter);
        if (failed.item<int>() != 0) return null;
        var inverse = linalg.solve_triangular(lower.t(), eye(live.shape[0], dtype: ScalarType.Float64), upper: true);
        if (!(inverse.square().sum().item<double>() <= CholeskyLimit)) return null;
        return new Basis(
            Spread(inverse * scale.unsqueeze(1), live, moments.Features),
            Spread(lower / scale.unsqueeze(1), live, moments.Features).t().contiguous(), mean, moments.Count, null);
    }

    /// <summary>Whitens sums through eigenvectors, with a tolerance at which sums always suffice (1e-6 on singular values).
    /// Good enough for the spread of a resampled value, not for the value itself.</summary>
    internal static Basis Rough(SideMoments moments)
    {
        if (TryOf(moments) is { } exact) return exact;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (scatter, mean, live, scale) = Correlations(moments);
        var (values, vectors) = linalg.eigh(scatter);
        var kept = (values > values[-1] * 1e-12 * live.shape[0]).nonzero().flatten();
        var roots = values.index_select(0, kept).sqrt();
        var basis = vectors.index_select(1, kept);
        return new Basis(
            Spread(basis * scale.unsqueeze(1) / roots, live, moments.Features),
            Spread(basis / scale.unsqueeze(1) * roots, live, moments.Features).t().contiguous(), mean, moments.Count, null);
    }

    /// <summary>Whitens centred rows, or a factor with the same inner products, without squaring their condition.</summary>
    /// <param name="centred">float64 [rows, features].</param>
    internal static Basis OfCentred(Tensor centred, Tensor mean, long samples, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var lengths = centred.square().sum([0L]).sqrt();
        var live = Live(lengths, mean, samples);
        var scale = 1 / lengths.index_select(0, live);
        var x = centred.index_select(1, live) * scale;
        Tensor u, values, v;
        if (x.shape[0] >= x.shape[1])
        {
            var (q, r) = linalg.qr(x);
            (u, values, var vt) = linalg.svd(r, fullMatrices: false);
            (u, v) = (q.mm(u), vt.t());
        }
        else
        {
            var (q, r) = linalg.qr(x.t());
            (u, values, var vt) = linalg.svd(r.t(), fullMatrices: false);
            v = q.mm(vt.t());
        }

        long rank = (values > values[0] * tolerance).sum().item<long>();
        var (left, right, top) = (u.narrow(1, 0, rank), v.narrow(1, 0, rank), values.narrow(0, 0, rank));
        return new Basis(
            Spread(right * scale.unsqueeze(1) / top, live, centred.shape[1]),
            Spread(right / scale.unsqueeze(1) * top, live, centred.shape[1]).t().contiguous(),
            mean.clone(), samples, left.contiguous());
    }

    /// <summary>How many principal directions a rule keeps.</summary>
    /// <returns>1 to <see cref="Rank"/>.</returns>
    public long Kept(Truncation truncation)
    {
        ArgumentNullException.ThrowIfNull(truncation);
        return truncation.Count([.. SingularValues.data<double>()]);
    }

    /// <summary>The leading principal directions alone, as a basis of their own.</summary>
    /// <param name="count">1 to <see cref="Rank"/>.</param>
    /// <returns>The caller owns it.</returns>
    public Basis Leading(long count)
    {
        using var scope = NewDisposeScope();
        var rotation = Rotation.narrow(1, 0, Check.InRange(count, 1, Rank));
        return new Basis(
            Whitening.mm(rotation), rotation.t().mm(Coefficients), Mean.clone(), Samples, Directions?.mm(rotation));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Whitening.Dispose();
        Coefficients.Dispose();
        Mean.Dispose();
        Directions?.Dispose();
        if (!principal.IsValueCreated) return;
        principal.Value.Rotation.Dispose();
        principal.Value.Deviations.Dispose();
    }

    private Basis With(Tensor directions)
    {
        var result = new Basis(Whitening, Coefficients, Mean, Samples, directions);
        return result;
    }

    private (Tensor Rotation, Tensor Deviations) Decompose()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var thread = ThreadScope.One();
        var (u, s, _) = linalg.svd(Coefficients, fullMatrices: false);
        return (u.DetachFromDisposeScope(), s.DetachFromDisposeScope());
    }

    private static (Tensor Scatter, Tensor Mean, Tensor Live, Tensor Scale) Correlations(SideMoments moments)
    {
        var mean = moments.Mean();
        var scatter = moments.Scatter();
        var lengths = scatter.diagonal().clamp_min(0).sqrt();
        var live = Live(lengths, mean, moments.Count);
        var scale = 1 / lengths.index_select(0, live);
        if (live.shape[0] < moments.Features) scatter = scatter.index_select(0, live).index_select(1, live);
        return (scatter * scale * scale.unsqueeze(1), mean, live, scale);
    }

    // Indices of the features that vary.
    private static Tensor Live(Tensor lengths, Tensor mean, long samples)
    {
        var live = (lengths > Floor(mean, samples)).nonzero().flatten();
        return live.shape[0] > 0
            ? live
            : throw new ArgumentException(
                $"All {lengths.shape[0]} features are constant over {samples} samples; a layer that does not vary has no directions to compare.");
    }

    private static Tensor Floor(Tensor mean, long samples) => mean.abs() * (ConstantTolerance * Math.Sqrt(samples));

    // Rows of the live features at their places among all, zeros elsewhere.
    private static Tensor Spread(Tensor rows, Tensor live, long features) =>
        live.shape[0] == features
            ? rows.clone()
            : zeros([features, rows.shape[1]], ScalarType.Float64).index_copy_(0, live, rows);
}

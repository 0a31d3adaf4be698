using static TorchSharp.torch;

namespace Golgi.Inspection.Probes;

/// <summary>Ridge regression from standardized features to the classes' indicators, for any penalty after one
/// eigendecomposition.</summary>
internal sealed class RidgeClassifier : IDisposable
{
    // indicators [n, classes], scores [n, F], loadings [F, classes]
    private readonly Tensor center, scale, axes, spectrum, loadings, prior, scores, indicators, labels;

    /// <summary>Decomposes the features' correlations, in float64.</summary>
    /// <param name="features">[n, F]; borrowed.</param>
    /// <param name="labels">int64 [n]; borrowed.</param>
    public RidgeClassifier(Tensor features, Tensor labels, long classes)
    {
        using var scope = NewDisposeScope();
        this.labels = labels;
        var exact = features.to(ScalarType.Float64);
        center = exact.mean([0]).DetachFromDisposeScope();
        var deviations = exact - center;
        var deviation = deviations.square().mean([0]).sqrt();
        // A constant feature stays at 0.
        scale = deviation.where(deviation > 0, ones_like(deviation)).DetachFromDisposeScope();
        var x = deviations.div_(scale);
        indicators = nn.functional.one_hot(labels, classes).to(ScalarType.Float64).DetachFromDisposeScope();
        prior = indicators.mean([0]).DetachFromDisposeScope();

        var (values, vectors) = linalg.eigh(x.t().mm(x));
        spectrum = values.clamp_min(0).DetachFromDisposeScope();
        axes = vectors.DetachFromDisposeScope();
        scores = x.mm(axes).DetachFromDisposeScope();                                // [n, F]
        loadings = scores.t().mm(indicators - prior).DetachFromDisposeScope();       // [F, classes]
    }

    /// <summary>The penalty under which most examples are classified rightly by a fit to all others; of equals the
    /// largest.</summary>
    /// <param name="ridges">Relative to the number of examples (features have variance 1).</param>
    public (double Ridge, long Correct) Choose(IReadOnlyList<double> ridges)
    {
        using var scope = NewDisposeScope();
        var squares = scores.square();
        return ridges.Select(ridge => (ridge, LeftOut(ridge, squares))).MaxBy(choice => (choice.Item2, choice.ridge));
    }

    /// <summary>How many other examples a fit to all of its own classifies rightly.</summary>
    public long CountCorrect(Tensor features, Tensor answers, double ridge)
    {
        using var scope = NewDisposeScope();
        var x = (features.to(ScalarType.Float64) - center).div_(scale);
        return Correct(x.mm(axes).mm(loadings / Damped(ridge)), answers);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Tensor[] owned = [center, scale, axes, spectrum, loadings, prior, scores, indicators];
        foreach (var tensor in owned) tensor.Dispose();
    }

    /// <summary>An example's residual without itself is its residual divided by 1 − h, with h its own weight in its fit
    /// (Allen 1974).</summary>
    private long LeftOut(double ridge, Tensor squares)
    {
        var fitted = scores.mm(loadings / Damped(ridge)) + prior;
        var leverage = squares.mv(1 / Damped(ridge).squeeze(1)) + (1.0 / labels.shape[0]);
        var rest = (1 - leverage).clamp_min(1e-9); // 1e-9: an example that is fitted by itself alone
        var residual = (indicators - fitted) / rest.unsqueeze(1);
        return Correct(indicators - residual - prior, labels);
    }

    private Tensor Damped(double ridge) => (spectrum + (ridge * labels.shape[0])).unsqueeze(1);

    private long Correct(Tensor centered, Tensor answers) =>
        (centered + prior).argmax(1).eq(answers).sum().item<long>();
}

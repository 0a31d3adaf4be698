using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Inspection.Statistics;

/// <summary>Accumulates what <see cref="LayerStatistics"/> says of one layer, batch by batch.</summary>
/// <param name="layer">Its name.</param>
internal sealed class LayerMoments(string layer) : IDisposable
{
    private const double SingleSpacing = 1.1920928955078125e-7; // of float32 numbers at 1

    private long samples;
    private Tensor? mean, scatter, least, most, positive, silent;

    /// <summary>Takes in a batch.</summary>
    /// <param name="activations">[N, units, ...]; borrowed.</param>
    public void Add(Tensor activations)
    {
        Check.Shape(activations, "[N, U, ...]", $"The output of '{layer}'");
        using var scope = NewDisposeScope();
        var vectors = activations.transpose(0, 1).flatten(1); // [U, n]
        long added = vectors.shape[1];
        if (mean is null) Start(vectors.shape[0], vectors.device);

        least!.copy_(least.minimum(vectors.amin([1])));
        most!.copy_(most.maximum(vectors.amax([1])));
        positive!.add_(vectors.gt(0).sum(1));
        silent!.add_(vectors.eq(0).sum());

        // Two sets' means and scatter matrices merge without cancellation: Chan, Golub and LeVeque 1979.
        var exact = vectors.to(ScalarType.Float64);
        var center = exact.mean([1]);
        var deviations = exact - center.unsqueeze(1);
        var shift = center - mean!;
        double weight = (double)samples * added / (samples + added);
        scatter!.add_(Wide ? deviations.square().sum(1) : deviations.mm(deviations.t()));
        scatter!.add_(Wide ? shift.square() : outer(shift, shift), alpha: weight);
        mean!.add_(shift, alpha: (double)added / (samples + added));
        samples += added;
    }

    /// <summary>What was found.</summary>
    public LayerStatistics Finish()
    {
        using var scope = NewDisposeScope();
        long units = mean!.shape[0];
        var covariance = scatter! / samples;
        var variances = Wide ? covariance : covariance.diagonal();
        return new LayerStatistics(
            layer,
            units,
            samples,
            silent!.item<long>() / ((double)samples * units),
            Numbers(positive!.to(ScalarType.Float64) / samples),
            Numbers(mean),
            Numbers(variances.sqrt()),
            [.. least!.eq(most!).nonzero().flatten().cpu().data<long>()],
            Wide ? null : Rank(covariance, samples));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in new[] { mean, scatter, least, most, positive, silent }) tensor?.Dispose();
    }

    private static ActivationRank Rank(Tensor covariance, long samples)
    {
        double[] variances = [.. Numbers(linalg.eigvalsh(covariance)).Reverse().Select(value => Math.Max(value, 0))];
        double total = variances.Sum();
        if (total == 0) return new ActivationRank(0, 0, 0, 0, variances);

        double[] singular = [.. variances.Select(Math.Sqrt)];
        double sum = singular.Sum();
        double entropy = singular.Where(value => value > 0).Sum(value => -value / sum * Math.Log(value / sum));
        double least = singular[0] * Math.Max(samples, variances.Length) * SingleSpacing;
        double carried = 0;
        int axes = variances.TakeWhile(value => (carried += value) < 0.99 * total).Count() + 1;
        return new ActivationRank(
            Math.Exp(entropy),
            total * total / variances.Sum(value => value * value),
            singular.Count(value => value > least),
            Math.Min(axes, variances.Length),
            variances);
    }

    private static double[] Numbers(Tensor values) => [.. values.cpu().to(ScalarType.Float64).data<double>()];

    private bool Wide => mean!.shape[0] > ActivationStatistics.MostUnitsForRank;

    private void Start(long units, Device device)
    {
        mean = Blank(ScalarType.Float64, units);
        scatter = Wide ? Blank(ScalarType.Float64, units) : Blank(ScalarType.Float64, units, units);
        positive = Blank(ScalarType.Int64, units);
        silent = Blank(ScalarType.Int64);
        least = full([units], double.PositiveInfinity, ScalarType.Float32, device).DetachFromDisposeScope();
        most = full([units], double.NegativeInfinity, ScalarType.Float32, device).DetachFromDisposeScope();

        Tensor Blank(ScalarType type, params long[] shape) => zeros(shape, type, device).DetachFromDisposeScope();
    }
}

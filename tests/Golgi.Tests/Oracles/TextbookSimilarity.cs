using static TorchSharp.torch;

namespace Golgi.Tests.Oracles;

/// <summary>Similarities straight from their definitions, on whole matrices: singular value decompositions of the data, n × n
/// kernels, explicit loops over pairs.</summary>
internal static class TextbookSimilarity
{
    public static double Value(string name, Tensor x, Tensor y)
    {
        using var scope = NewDisposeScope();
        var (a, b) = (x - x.mean([0L]), y - y.mean([0L]));
        long n = x.shape[0];
        switch (name)
        {
            case "cca":
                return Correlations(Span(a), Span(b)).mean().item<double>();
            case "cca-squared":
                return Correlations(Span(a), Span(b)).square().mean().item<double>();
            case "svcca":
                return Correlations(Leading(a), Leading(b)).mean().item<double>();
            case "pwcca":
                var (u, s, _) = linalg.svd(Span(a).t().mm(Span(b)), fullMatrices: false);
                var weights = Span(a).mm(u).t().mm(a).abs().sum(1);
                return ((weights * s).sum() / weights.sum()).item<double>();
            case "regression":
                return (Span(a).t().mm(b).square().sum() / b.square().sum()).item<double>();
            case "cka":
                return Cosine(a.mm(a.t()), b.mm(b.t()));
            case "cka-debiased" or "cka-minibatch": // of a single batch
                var (k, l) = (a.mm(a.t()), b.mm(b.t()));
                return Hsic(k, l) / Math.Sqrt(Hsic(k, k) * Hsic(l, l));
            case "cka-rbf":
                var centring = eye(n, dtype: ScalarType.Float64) - (1.0 / n);
                return Cosine(centring.mm(Gaussian(x)).mm(centring), centring.mm(Gaussian(y)).mm(centring));
            case "procrustes":
                return linalg.svdvals((a / a.norm()).t().mm(b / b.norm())).sum().item<double>();
            case "rsa":
                return Pearson(RanksOf(Dissimilarities(x)), RanksOf(Dissimilarities(y)));
            default:
                throw new ArgumentException(name);
        }
    }

    private static Tensor Span(Tensor centred)
    {
        var lengths = centred.square().sum([0L]).sqrt();
        var live = (lengths > 1e-11).nonzero().flatten();
        var (u, s, _) = linalg.svd(centred.index_select(1, live) / lengths.index_select(0, live), fullMatrices: false);
        return u.narrow(1, 0, (s > s[0] * 1e-10).sum().item<long>());
    }

    private static Tensor Leading(Tensor centred)
    {
        var (u, s, _) = linalg.svd(centred, fullMatrices: false);
        double[] values = [.. s.data<double>()];
        double total = values.Sum(v => v * v), reached = 0;
        int kept = 0;
        while (reached < (0.99 - 1e-12) * total) reached += values[kept] * values[kept++];
        return u.narrow(1, 0, kept);
    }

    private static Tensor Correlations(Tensor left, Tensor right) => linalg.svdvals(left.t().mm(right));

    private static double Cosine(Tensor a, Tensor b) => ((a * b).sum() / (a.norm() * b.norm())).item<double>();

    // Song et al. 2012, equation 5.
    private static double Hsic(Tensor k, Tensor l)
    {
        long n = k.shape[0];
        var off = 1 - eye(n, dtype: ScalarType.Float64);
        var (first, second) = (k * off, l * off);
        double trace = first.mm(second).trace().item<double>();
        double sums = first.sum().item<double>() * second.sum().item<double>() / ((n - 1.0) * (n - 2));
        double mixed = first.mm(second).sum().item<double>() * 2 / (n - 2.0);
        return (trace + sums - mixed) / (n * (n - 3.0));
    }

    private static Tensor Gaussian(Tensor x)
    {
        long n = x.shape[0];
        var distances = zeros([n, n], ScalarType.Float64);
        var pairs = new List<double>();
        double[] rows = [.. x.data<double>()];
        int p = (int)x.shape[1];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double squares = 0;
                for (int f = 0; f < p; f++) squares += Math.Pow(rows[(i * p) + f] - rows[(j * p) + f], 2);
                pairs.Add(Math.Sqrt(squares));
            }
        }

        double[] sorted = [.. pairs.Order()];
        double median = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        double[] kernel = new double[n * n];
        for (int i = 0, at = 0; i < n; i++)
        {
            kernel[(i * n) + i] = 1;
            for (int j = i + 1; j < n; j++, at++)
            {
                kernel[(i * n) + j] = kernel[(j * n) + i] = Math.Exp(-pairs[at] * pairs[at] / (2 * median * median));
            }
        }

        return tensor(kernel, ScalarType.Float64).reshape(n, n);
    }

    private static double[] Dissimilarities(Tensor x)
    {
        int n = (int)x.shape[0], p = (int)x.shape[1];
        double[] values = [.. x.contiguous().data<double>()];
        double[][] rows = [.. Enumerable.Range(0, n).Select(i => values[(i * p)..((i + 1) * p)])];
        return [.. from i in Enumerable.Range(0, n) from j in Enumerable.Range(i + 1, n - i - 1) select 1 - Pearson(rows[i], rows[j])];
    }

    private static double[] RanksOf(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return [.. values.Select(v => (Array.BinarySearch(sorted, v) is var at ? First(sorted, at, v) + Last(sorted, at, v) : 0) / 2.0)];
    }

    private static int First(double[] sorted, int at, double value)
    {
        while (at > 0 && sorted[at - 1] == value) at--;
        return at + 1;
    }

    private static int Last(double[] sorted, int at, double value)
    {
        while (at < sorted.Length - 1 && sorted[at + 1] == value) at++;
        return at + 1;
    }

    private static double Pearson(double[] a, double[] b)
    {
        double first = a.Average(), second = b.Average();
        double cross = a.Zip(b, (v, w) => (v - first) * (w - second)).Sum();
        return cross / Math.Sqrt(a.Sum(v => (v - first) * (v - first)) * b.Sum(w => (w - second) * (w - second)));
    }
}

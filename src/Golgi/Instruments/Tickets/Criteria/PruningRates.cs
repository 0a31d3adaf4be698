using System.IO.Enumeration;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using Golgi.Weights;
using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>How many weights one round removes, and how that is shared between the layers.</summary>
public sealed record PruningRates
{
    /// <summary>The names that <see cref="Kind"/> takes.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["paper", "uniform", "erk", "global"];

    /// <summary>ln 0.9 / ln 0.8: where hidden layers keep a share q, the paper's output and convolutions keep q to this power.</summary>
    private static readonly double Gentle = Math.Log(0.9) / Math.Log(0.8);

    /// <summary><c>paper</c>: 20 % of hidden matrices, 10 % of convolutions and of the output layer, or as much more as
    /// <see cref="Rate"/> says; <c>uniform</c>: the same share of each layer; <c>erk</c>: density in proportion to (sum of a kernel's
    /// dimensions) / (their product); <c>global</c>: the smallest scores, wherever they are. Default paper.</summary>
    public string Kind { get => field; init => field = Check.Known(value, Kinds, "kind of pruning rates", nameof(Kind)); } = "paper";

    /// <summary>Share of the remaining weights that one round removes, of hidden matrices under <c>paper</c>. Default 0.2.</summary>
    public double Rate { get => field; init => field = Check.Fraction(value, nameof(Rate)); } = 0.2;

    /// <summary>Rates for layers of one's own choice, by patterns of names; they go before <see cref="Kind"/>, except under <c>global</c>.</summary>
    public IReadOnlyDictionary<string, double> Layers { get; init; } = new Dictionary<string, double>();

    /// <summary>All of it in a line, for the names of runs.</summary>
    internal string Description => $"{Kind} {Rate:R} {string.Join(' ', Layers.Select(entry => $"{entry.Key}={entry.Value:R}"))}".TrimEnd();

    /// <summary>The rates of several rounds as one.</summary>
    public PruningRates Rounds(double count) => this with
    {
        Rate = 1 - Math.Pow(1 - Rate, count),
        Layers = Layers.ToDictionary(entry => entry.Key, entry => 1 - Math.Pow(1 - entry.Value, count)),
    };

    /// <summary>Removes the weights with the smallest scores, exactly as many as the rates say.</summary>
    /// <param name="mask">What is kept so far.</param>
    /// <param name="scores">[D].</param>
    /// <param name="rng">Chooses among equal scores.</param>
    /// <returns>The caller owns it.</returns>
    public Mask Prune(Mask mask, Tensor scores, Philox rng)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Kind == "global" ? mask.KeepLargest(scores, Left(mask.Count, Rate), rng) : mask.KeepLargest(scores, Keep(mask), rng);
    }

    /// <summary>How many weights of each layer are left after one round: alive − ⌊alive · rate⌋.</summary>
    public IReadOnlyList<long> Keep(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        double[]? densities = Kind == "erk" ? ErdosRenyi(mask.Layers, mask.Remaining * (1 - Rate)) : null;
        return
        [
            .. mask.Layers.Select((layer, i) => Own(layer) is { } own ? Left(mask.Counts[i], own)
                : densities is not null ? Math.Min(mask.Counts[i], (long)Math.Round(densities[i] * layer.Length))
                : Left(mask.Counts[i], Usual(layer, i == mask.Layers.Count - 1))),
        ];
    }

    private static long Left(long alive, double rate) => alive - (long)Math.Floor((alive * rate) + 1e-9); // 1e-9: 0.2 · 5 is 1

    private double? Own(Segment layer) => Layers
        .Where(entry => FileSystemName.MatchesSimpleExpression(entry.Key, layer.Name, ignoreCase: false))
        .Select(entry => (double?)entry.Value).FirstOrDefault();

    private double Usual(Segment layer, bool isOutput)
    {
        bool gentle = Kind == "paper" && (isOutput || layer.Shape.Count > 2);
        return gentle ? 1 - Math.Pow(1 - Rate, Gentle) : Rate;
    }

    /// <summary>Densities ε · Σ(dims) / Π(dims), at most 1, with ε such that the whole has a given density (Evci et al. 2020, after Mocanu et al.
    /// 2018).</summary>
    private static double[] ErdosRenyi(IReadOnlyList<Segment> layers, double density)
    {
        double[] raw = [.. layers.Select(layer => layer.Shape.Sum() / (double)layer.Length)];
        double target = density * layers.Sum(layer => layer.Length);
        var full = new HashSet<int>();
        while (true)
        {
            double rest = target - full.Sum(i => layers[i].Length);
            double weight = layers.Select((layer, i) => full.Contains(i) ? 0 : raw[i] * layer.Length).Sum();
            double epsilon = weight > 0 ? rest / weight : 0;
            int[] over = [.. Enumerable.Range(0, raw.Length).Where(i => !full.Contains(i) && epsilon * raw[i] > 1)];
            if (over.Length == 0) return [.. raw.Select((value, i) => full.Contains(i) ? 1 : epsilon * value)];
            full.UnionWith(over);
        }
    }
}

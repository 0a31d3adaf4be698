using Golgi.App.Commands.Options;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Whitening;

namespace Golgi.App.Commands.Similarity;

/// <summary>The options that the verbs share which compare: the measure, and which layers are shown what.</summary>
internal static class MeasureOptions
{
    /// <summary>Declares the options that choose a measure.</summary>
    public static void AddMeasure<T>(this OptionSet<T> set, Func<T, MeasureChoice> get, Func<T, MeasureChoice, T> with)
        where T : class
    {
        var method = set.Add(
            "--method",
            "cca, svcca, pwcca, cka, cka-debiased, cka-minibatch, cka-rbf, procrustes, rsa, cca-squared or regression. cca sees only which "
                + "directions there are; svcca drops those of least variance; cka and procrustes weigh directions by variance.",
            all => get(all).Method, (all, value) => with(all, get(all) with { Method = value }));
        set.Add(
            "--keep",
            "What svcca keeps of each side: 0.99 (share of variance), sv:0.99 (share of the sum of singular values, as in the paper's "
                + "appendix), 20 (directions).",
            all => get(all).Keep.Text, (all, value) => with(all, get(all) with { Keep = Truncation.Parse(value) })).OnlyFor(method, "svcca");
        set.Add(
            "--weights-from", "The side whose neurons weigh pwcca.",
            all => get(all).WeightsFrom, (all, value) => with(all, get(all) with { WeightsFrom = value })).OnlyFor(method, "pwcca");
        set.Add(
            "--bandwidth", "Width of cka-rbf's kernel in median distances.",
            all => get(all).Bandwidth, (all, value) => with(all, get(all) with { Bandwidth = value })).OnlyFor(method, "cka-rbf");
        set.Add(
            "--batch", "Rows of a batch for cka-minibatch.",
            all => get(all).Batch, (all, value) => with(all, get(all) with { Batch = value })).OnlyFor(method, "cka-minibatch");
    }

    /// <summary>Declares <c>--layers</c>.</summary>
    public static void AddLayers<T>(this OptionSet<T> set, Func<T, IReadOnlyList<string>> get, Func<T, IReadOnlyList<string>, T> with)
        where T : class => set.Add(
            "--layers", "Layers by name, in order. Default: the outputs of all nonlinearities and of the last layer with weights.", get, with);

    /// <summary>Declares <c>--examples</c>.</summary>
    public static void AddExamples<T>(this OptionSet<T> set, Func<T, long> get, Func<T, long, T> with)
        where T : class => set.Add("--examples", "At most this many examples are shown to networks.", get, with);
}

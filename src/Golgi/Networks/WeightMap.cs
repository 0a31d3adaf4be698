using Golgi.Foundation;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Networks;

/// <summary>Which tensors of a file go where in a network.</summary>
/// <param name="Matches">One per tensor of the network, in its order.</param>
/// <param name="Unused">Tensors of the file that go nowhere.</param>
/// <param name="Prefix">What the file's names have in front of the network's, such as <c>module.</c>; may be empty.</param>
public sealed record WeightMap(IReadOnlyList<WeightMatch> Matches, IReadOnlyList<string> Unused, string Prefix)
{
    // Names of the same things elsewhere: Caffe's blobs, TensorFlow's and old PyTorch's normalization.
    private static readonly (string Theirs, string Ours)[] Endings =
    [
        (".0", ".weight"), (".1", ".bias"), (".gamma", ".weight"), (".beta", ".bias"),
        (".moving_mean", ".running_mean"), (".moving_variance", ".running_var"),
    ];

    /// <summary>How many tensors have a verdict.</summary>
    public int Count(WeightVerdict verdict) => Matches.Count(match => match.Verdict == verdict);

    /// <summary>Finds for each tensor of a network the file's tensor: by its name, a common prefix apart; else, as a suggestion,
    /// the next unused tensor of the same shape.</summary>
    /// <param name="weights">The file's tensors; borrowed.</param>
    /// <param name="state">The network's tensors with their names; borrowed.</param>
    public static WeightMap Of(NamedTensors weights, IReadOnlyList<(string Name, Tensor Value)> state)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(state);
        string prefix = BestPrefix(weights.Names, [.. state.Select(entry => entry.Name)]);
        var byName = new Dictionary<string, string>();
        foreach (string name in weights.Names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            foreach (string spelling in Spellings(name[prefix.Length..])) byName.TryAdd(spelling, name);
        }

        var unused = new List<string>(weights.Names);
        var matches = new WeightMatch?[state.Count];
        for (int i = 0; i < state.Count; i++)
        {
            if (!byName.TryGetValue(state[i].Name, out string? source)) continue;
            unused.Remove(source);
            long[] shape = state[i].Value.shape, given = weights[source].shape;
            matches[i] = new WeightMatch(state[i].Name, shape, source, given, Verdict(shape, given));
        }

        for (int i = 0; i < state.Count; i++)
        {
            if (matches[i] is not null) continue;
            long[] shape = state[i].Value.shape;
            string? like = state[i].Value.numel() > 1 ? unused.Find(name => weights[name].shape.AsSpan().SequenceEqual(shape)) : null;
            if (like is not null) unused.Remove(like);
            matches[i] = new WeightMatch(
                state[i].Name, shape, like, like is null ? null : shape, like is null ? WeightVerdict.Missing : WeightVerdict.Suggested);
        }

        return new WeightMap([.. matches.Select(match => match!)], unused, prefix);
    }

    /// <summary>Copies the weights into a network, all or none.</summary>
    /// <param name="weights">The file's tensors, those that this map was made of; borrowed.</param>
    /// <param name="state">The network's tensors; written in place.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="InvalidDataException">A tensor is missing or has another shape. Counters of batches may be missing: outputs do not depend on
    /// them.</exception>
    public void Apply(NamedTensors weights, IReadOnlyList<(string Name, Tensor Value)> state, string file)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(state);
        var bad = Matches.FirstOrDefault(
            match => match.Verdict != WeightVerdict.Matched && !match.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal));
        if (bad is not null)
        {
            string why = bad.Verdict is WeightVerdict.Missing or WeightVerdict.Suggested
                ? "is not there"
                : $"has shape {Check.Describe([.. bad.SourceShape!])} where the network has {Check.Describe([.. bad.Shape])}";
            throw new InvalidDataException($"{file}: '{bad.Name}' {why}. See golgi model map {file} --to NETWORK.");
        }

        using var still = no_grad();
        for (int i = 0; i < state.Count; i++)
        {
            if (Matches[i] is { Verdict: WeightVerdict.Matched, Source: { } source }) state[i].Value.copy_(weights[source]);
        }
    }

    private static WeightVerdict Verdict(long[] ours, long[] theirs)
    {
        if (ours.AsSpan().SequenceEqual(theirs)) return WeightVerdict.Matched;
        return ours.Length == 2 && theirs is [var a, var b] && ours[0] == b && ours[1] == a ? WeightVerdict.Transposed : WeightVerdict.WrongShape;
    }

    private static IEnumerable<string> Spellings(string name) =>
        Endings.Where(ending => name.EndsWith(ending.Theirs, StringComparison.Ordinal))
            .Select(ending => name[..^ending.Theirs.Length] + ending.Ours).Prepend(name);

    // Every front part of a name that ends in a dot is a candidate; the one under which most names match wins.
    private static string BestPrefix(IReadOnlyList<string> theirs, HashSet<string> ours)
    {
        string best = "";
        int most = theirs.Count(name => Spellings(name).Any(ours.Contains));
        foreach (string candidate in theirs.Take(50).SelectMany(Fronts).Distinct().Take(50))
        {
            int count = theirs.Count(name => name.StartsWith(candidate, StringComparison.Ordinal) && Spellings(name[candidate.Length..])
                .Any(ours.Contains));
            if (count > most) (best, most) = (candidate, count);
        }

        return best;
    }

    private static IEnumerable<string> Fronts(string name)
    {
        for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1)) yield return name[..(dot + 1)];
    }
}

using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>Counts what was taken for what, batch by batch.</summary>
/// <param name="most">How many mistakes to keep.</param>
internal sealed class ConfusionTally(int most)
{
    private readonly List<Mistake> mistakes = [];
    private long[,] counts = new long[0, 0];

    /// <summary>Takes in a batch.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="labels">int64 [n] on the CPU.</param>
    /// <param name="indices">int64 [n] on the CPU: which examples these are.</param>
    public void Add(Tensor logits, Tensor labels, Tensor indices)
    {
        using var scope = NewDisposeScope();
        var outputs = logits.flatten(1).cpu();
        int classes = (int)outputs.shape[1];
        var probability = outputs.to(ScalarType.Float64).softmax(1);
        var (confidence, predicted) = probability.max(1);
        long[] right = [.. labels.data<long>()], given = [.. predicted.data<long>()];
        long[] example = [.. indices.data<long>()];
        RequireKnown(right, classes);
        if (counts.Length == 0) counts = new long[classes, classes];

        double[] sure = [.. confidence.data<double>()];
        double[] own = [.. probability.gather(1, labels.unsqueeze(1)).data<double>()];
        for (int i = 0; i < right.Length; i++)
        {
            counts[right[i], given[i]]++;
            if (right[i] == given[i]) continue;
            mistakes.Add(new Mistake(example[i], (int)right[i], (int)given[i], sure[i], own[i]));
        }

        if (mistakes.Count > 2 * most) Trim();
    }

    /// <summary>The whole matrix and the most confident mistakes.</summary>
    /// <param name="names">Names of the classes; where there are none, their numbers.</param>
    public Confusion Finish(IReadOnlyList<string> names)
    {
        Trim();
        int classes = counts.GetLength(0);
        return new Confusion(
            [.. Enumerable.Range(0, classes).Select(i => i < names.Count ? names[i] : $"{i}")],
            [.. Enumerable.Range(0, classes).Select(label =>
                (IReadOnlyList<long>)[.. Enumerable.Range(0, classes).Select(predicted => counts[label, predicted])])],
            mistakes);
    }

    private static void RequireKnown(long[] labels, int classes)
    {
        long wrong = labels.FirstOrDefault(label => label < 0 || label >= classes, 0);
        if (wrong == 0) return;
        throw new ArgumentException(
            $"An example has label {wrong}; the network has {classes} outputs, for labels 0 to {classes - 1}.");
    }

    private void Trim()
    {
        mistakes.Sort((a, b) => (b.Confidence, a.Example).CompareTo((a.Confidence, b.Example)));
        if (mistakes.Count > most) mistakes.RemoveRange(most, mistakes.Count - most);
    }
}

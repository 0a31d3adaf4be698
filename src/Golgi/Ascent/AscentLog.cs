using Golgi.Ascent.Drifts;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>Watches the pictures of an ascent: who still moves, and what was measured.</summary>
internal sealed class AscentLog(int count)
{
    private const int PatienceWithNaN = 10; // steps on end
    private readonly List<double>[] scores = [.. Enumerable.Range(0, count).Select(_ => new List<double>())];
    private readonly List<Dictionary<string, double>>[] terms = [.. Enumerable.Range(0, count).Select(_ => new List<Dictionary<string, double>>())];
    private readonly AscentOutcome?[] outcomes = new AscentOutcome?[count];
    private readonly int[] steps = new int[count], broken = new int[count];

    public bool AllRest => outcomes.All(outcome => outcome is not null);

    public double MeanScore => scores.Average(values => values.Count > 0 ? values[^1] : 0);

    /// <summary>Reads one step's numbers, in one go.</summary>
    /// <returns>For each picture, whether it moves in this step.</returns>
    public bool[] Note(Tensor score, Tensor gradient)
    {
        using var scope = NewDisposeScope();
        float[] read = [.. cat([score.detach(), Size(gradient)]).to(ScalarType.Float32).cpu().data<float>()];
        bool[] moves = new bool[count];
        for (int n = 0; n < count; n++)
        {
            if (outcomes[n] is not null) continue;
            float value = read[n], size = read[count + n];
            scores[n].Add(value);
            if (!float.IsFinite(value) || !float.IsFinite(size))
            {
                if (++broken[n] >= PatienceWithNaN) outcomes[n] = AscentOutcome.NotANumber;
            }
            else if (size == 0)
            {
                outcomes[n] = steps[n] == 0 ? AscentOutcome.DeadUnit : AscentOutcome.ZeroGradient;
            }
            else
            {
                broken[n] = 0;
                steps[n]++;
                moves[n] = true;
            }
        }

        return moves;
    }

    /// <summary>Reads the sizes of a step's terms, in one go.</summary>
    /// <param name="drifts">What drew.</param>
    /// <param name="parts">The term of each, with its weight; null: its weight is 0.</param>
    public void NoteTerms(IReadOnlyList<(double Weight, Drift Drift)> drifts, IReadOnlyList<Tensor?> parts)
    {
        using var scope = NewDisposeScope();
        var drawn = parts.OfType<Tensor>().Select(Size).ToArray();
        float[] read = drawn.Length == 0 ? [] : [.. cat(drawn).to(ScalarType.Float32).cpu().data<float>()];
        for (int n = 0; n < count; n++)
        {
            if (outcomes[n] is not null) continue;
            var sizes = new Dictionary<string, double>();
            int at = n;
            for (int i = 0; i < drifts.Count; i++)
            {
                sizes.Add(drifts[i].Drift.Name, parts[i] is null ? 0 : read[at]);
                if (parts[i] is not null) at += count;
            }

            terms[n].Add(sizes);
        }
    }

    public IReadOnlyList<AscentTrace> Traces() =>
        [.. Enumerable.Range(0, count).Select(n => new AscentTrace(
            outcomes[n] ?? (broken[n] > 0 ? AscentOutcome.NotANumber : AscentOutcome.Finished), steps[n], scores[n], terms[n]))];

    /// <summary>mean |x| of each picture, [N].</summary>
    private static Tensor Size(Tensor x) => x.flatten(1).norm(1, false, 1) / (x.numel() / x.shape[0]);
}

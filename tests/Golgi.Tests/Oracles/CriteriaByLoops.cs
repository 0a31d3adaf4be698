namespace Golgi.Tests.Oracles;

/// <summary>The mask criteria of Zhou et al. 2019, weight by weight.</summary>
internal static class CriteriaByLoops
{
    /// <summary>Scores of one layer.</summary>
    public static double[] Scores(string criterion, double[] initial, double[] final)
    {
        double[] scores = new double[initial.Length];
        for (int j = 0; j < scores.Length; j++)
        {
            double wi = initial[j], wf = final[j], mi = Math.Abs(wi), mf = Math.Abs(wf);
            bool same = Math.Sign(wi) == Math.Sign(wf), different = Math.Sign(wi) == -Math.Sign(wf);
            scores[j] = criterion switch
            {
                "large-final" => mf,
                "small-final" => -mf,
                "large-init" => mi,
                "small-init" => -mi,
                "magnitude-increase" => mf - mi,
                "movement" => Math.Abs(wf - wi),
                "large-final-same-sign" => Math.Max(0, wf * wi / mi),
                "large-final-diff-sign" => Math.Max(0, -wf * wi / mi),
                "magnitude-increase-same-sign" => same ? mf - mi : 0,
                "magnitude-increase-diff-sign" => different ? mf - mi : 0,
                _ => throw new ArgumentException(criterion),
            };
        }

        return scores;
    }

    /// <summary>The quadrant criteria as the paper's code does them: the percentile at which cutting both coordinates
    /// leaves <paramref name="keep"/> weights, found by trying every percentile.</summary>
    public static bool[] Quadrant(double[] initial, double[] final, int keep, bool large)
    {
        int n = initial.Length;
        for (int cut = 0; cut <= n; cut++)
        {
            bool[] kept = new bool[n];
            for (int j = 0; j < n; j++)
            {
                int below = initial.Count(other => Beyond(other, initial[j], large)), under = final.Count(other => Beyond(other, final[j], large));
                kept[j] = below >= cut && under >= cut;
            }

            if (kept.Count(one => one) == keep) return kept;
        }

        return [];
    }

    private static bool Beyond(double other, double own, bool large) =>
        large ? Math.Abs(other) < Math.Abs(own) : Math.Abs(other) > Math.Abs(own);
}

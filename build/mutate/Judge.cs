using System.Text.Json;

namespace Golgi.Mutate;

/// <summary>What the tests say of one mutant.</summary>
/// <param name="Name">The site's name.</param>
/// <param name="Verdict">killed, survived, uncovered, or timeout (which counts as killed).</param>
/// <param name="By">The test that failed.</param>
internal sealed record Judgement(string Name, string Verdict, string By);

/// <summary>What one class of tests does when nothing is changed.</summary>
internal sealed record Coverage(string Class, double Seconds, bool Passed, int[] Met);

/// <summary>Runs, for each mutant, the classes of tests that reach it: those that mirror its folder and the contracts first, then the others,
/// the quickest first. What was found is kept line by line, so that a stopped run goes on where it was.</summary>
/// <param name="tests">A folder with the tests' executable and the library with its mutants.</param>
/// <param name="state">The file of what was found.</param>
/// <param name="patience">The most seconds of other classes' tests a mutant gets.</param>
internal sealed class Judge(string tests, string state, double patience) : IDisposable
{
    private readonly Worker worker = new(tests);
    private readonly Dictionary<string, Judgement> judged = [];
    private readonly Dictionary<string, Coverage> coverage = [];

    /// <summary>Reads what an earlier run with the same builds and options found.</summary>
    public void Continue(string identity)
    {
        if (File.Exists(state) && File.ReadLines(state).FirstOrDefault() == identity)
        {
            foreach (var line in File.ReadLines(state).Skip(1))
            {
                if (line[0] == 'C' && JsonSerializer.Deserialize<Coverage>(line[2..]) is { } one) coverage[one.Class] = one;
                if (line[0] == 'J' && JsonSerializer.Deserialize<Judgement>(line[2..]) is { } other) judged[other.Name] = other;
            }
        }
        else
        {
            File.WriteAllText(state, identity + "\n");
        }
    }

    /// <summary>Runs each class once with nothing changed, and notes which mutants it meets.</summary>
    public void Cover(int count)
    {
        worker.Restart();
        string[] all = [.. worker.Classes];
        foreach (var name in all.Where(name => !coverage.ContainsKey(name)))
        {
            var answer = Fresh(-1, ["-class", name], 180, count);
            if (answer.Code != 0) answer = Fresh(-1, ["-class", name], 180, count); // the machine may have been busy
            var one = new Coverage(name, answer.Seconds, answer.Code == 0, answer.Met);
            if (!one.Passed) Console.WriteLine($"left out, as it fails with nothing changed: {name} ({answer.Code} {answer.Failed})");
            coverage[name] = one;
            Keep("C " + JsonSerializer.Serialize(one));
        }
    }

    /// <summary>The verdict on one mutant.</summary>
    public Judgement Of(Site site, int id)
    {
        if (judged.TryGetValue(site.Name, out var known)) return known;
        var (verdict, by) = Decide(site, id);
        var found = new Judgement(site.Name, verdict, by);
        judged[site.Name] = found;
        Keep("J " + JsonSerializer.Serialize(found));
        return found;
    }

    /// <inheritdoc/>
    public void Dispose() => worker.Dispose();

    private (string Verdict, string By) Decide(Site site, int id)
    {
        var reach = coverage.Values.Where(one => one.Passed && one.Met.Contains(id)).ToArray();
        if (reach.Length == 0) return ("uncovered", "");
        string mirror = "Golgi.Tests." + site.Folder.Replace('/', '.');
        bool Near(Coverage one) => (one.Class + ".").StartsWith(mirror + ".", StringComparison.Ordinal)
            || one.Class.StartsWith("Golgi.Tests.Contracts.", StringComparison.Ordinal);

        double spent = 0;
        bool fresh = true;
        var near = Groups(reach.Where(Near).OrderBy(one => one.Seconds));
        var others = Groups(reach.Where(one => !Near(one)).OrderBy(one => one.Seconds));
        foreach (var group in near.Concat(others))
        {
            if (!Near(group[0]) && (spent += group.Sum(one => one.Seconds)) > patience) break;
            string[] filters = [.. group.SelectMany(one => new[] { "-class", one.Class })];
            double limit = 20 + (4 * group.Sum(one => one.Seconds));
            var answer = fresh ? Fresh(id, filters, limit) : worker.Run(id, filters, limit);
            if (answer.Code != 0 && !fresh) answer = Fresh(id, filters, limit); // what ran before in the process may be at fault
            fresh = false;
            if (answer.Code == Worker.TimeRanOut) return ("timeout", "");
            if (answer.Code != 0) return ("killed", answer.Code == Worker.Died ? "the process died" : answer.Failed);
        }

        return ("survived", "");
    }

    private static IEnumerable<List<Coverage>> Groups(IEnumerable<Coverage> classes)
    {
        var group = new List<Coverage>();
        foreach (var one in classes)
        {
            group.Add(one);
            if (group.Sum(each => each.Seconds) < 3) continue;
            yield return group;
            group = [];
        }

        if (group.Count > 0) yield return group;
    }

    private Answer Fresh(int id, string[] filters, double limit, int record = 0)
    {
        worker.Restart();
        return worker.Run(id, filters, limit, record);
    }

    private void Keep(string line) => File.AppendAllText(state, line + "\n");
}

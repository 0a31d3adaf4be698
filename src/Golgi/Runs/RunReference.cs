using Golgi.Foundation;

namespace Golgi.Runs;

/// <summary>Finds the run that a user names.</summary>
public static class RunReference
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage = "a run's folder, its name under --runs, or the beginning of it";

    /// <summary>The run of a reference, opened for reading.</summary>
    /// <param name="reference">A folder, a run's name, or the beginning of one name only; of runs of the same subject the newest version counts,
    /// unless the whole name is given.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no such run, or several begin so.</exception>
    /// <exception cref="InvalidDataException">The folder is not a run's.</exception>
    public static Run Open(string reference, string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        if (Directory.Exists(reference)) return Run.Read(reference);
        if (Directory.Exists(Path.Combine(root, reference))) return Run.Read(Path.Combine(root, reference));
        Run[] runs = [.. Run.All(root)];
        string[] names = [.. runs.Select(run => run.Name)];
        string[] matching = [.. Newest(runs.Where(run => run.Name.StartsWith(reference, StringComparison.Ordinal)))];
        return matching switch
        {
            [var only] => Run.Read(Path.Combine(root, only)),
            [] when names.Length == 0 => throw new ArgumentException(
                $"No run '{reference}': there is no such folder, and {Path.GetFullPath(root)} holds no runs. Make one with: golgi train."),
            [] => throw new ArgumentException(Check.Unknown(reference, names, "run")),
            _ => throw new ArgumentException($"'{reference}' could be any of: {string.Join(", ", matching)}. Write more of the name."),
        };
    }

    /// <summary>The names of runs, without those of an older version of what is there in a newer one.</summary>
    private static IEnumerable<string> Newest(IEnumerable<Run> runs) => runs
        .GroupBy(run => (run.Configuration.Kind, run.Configuration.Subject))
        .SelectMany(same => same.Where(run => run.Configuration.Version == same.Max(other => other.Configuration.Version)))
        .Select(run => run.Name);
}

using System.Diagnostics;
using System.Globalization;

namespace Golgi.Mutate;

/// <summary>What a run of tests said.</summary>
/// <param name="Code">0 if all passed, or one of <see cref="Worker"/>'s.</param>
/// <param name="Failed">The test that failed first.</param>
/// <param name="Met">The mutants met, when recording.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Answer(int Code, string Failed, int[] Met, double Seconds);

/// <summary>A process of tests that runs one group of classes after another, so that only the first pays for its start.</summary>
internal sealed class Worker(string folder) : IDisposable
{
    /// <summary>The codes of answers that did not come.</summary>
    public const int TimeRanOut = int.MinValue, Died = int.MinValue + 1;

    private Process? process;

    /// <summary>The classes of tests; known once a first process has started.</summary>
    public IReadOnlyList<string> Classes { get; private set; } = [];

    /// <summary>Starts anew.</summary>
    public void Restart()
    {
        Dispose();
        var start = new ProcessStartInfo(Path.Combine(folder, "Golgi.Tests"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(Worker).Assembly.Location;
        process = Process.Start(start)!;
        process.BeginErrorReadLine(); // a process that dies says much, which nobody asked for
        if (Classes.Count > 0) return;
        process.StandardInput.WriteLine("classes");
        Classes = (Line(TimeSpan.FromMinutes(2)) ?? throw new InvalidOperationException("The tests' process does not start.")).Split(';');
    }

    /// <summary>Runs what the filters name with one mutant on (-1: none), recording those met if a count of them is given.</summary>
    public Answer Run(int mutant, IEnumerable<string> filters, double limit, int record = 0)
    {
        if (process is null || process.HasExited) Restart();
        var clock = Stopwatch.StartNew();
        process!.StandardInput.WriteLine($"{mutant}|{record}|{string.Join(';', filters)}");
        process.StandardInput.Flush();
        var line = Line(TimeSpan.FromSeconds(limit));
        if (line is null)
        {
            bool died = process.WaitForExit(500);
            Dispose();
            return new Answer(died ? Died : TimeRanOut, "", [], clock.Elapsed.TotalSeconds);
        }

        var words = line.Split('|');
        var met = words[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        return new Answer(int.Parse(words[0], CultureInfo.InvariantCulture), words[1], met, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (process is null) return;
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
        process = null;
    }

    private string? Line(TimeSpan limit)
    {
        var until = DateTime.UtcNow + limit;
        while (true)
        {
            var read = process!.StandardOutput.ReadLineAsync();
            var left = until - DateTime.UtcNow;
            if (left <= TimeSpan.Zero || !read.Wait(left) || read.Result is null) return null;
            int mark = read.Result.IndexOf('\u0001', StringComparison.Ordinal); // tests may print too
            if (mark >= 0) return read.Result[(mark + 1)..];
        }
    }
}

using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Dimension.Measuring;

namespace Golgi.App.Commands.Dimension;

/// <summary>The options that say which dimensions are tried, and what counts as success.</summary>
internal sealed class SearchFlags
{
    private readonly OptionSet<SearchOptions> set = new(new SearchOptions());

    public SearchFlags()
    {
        set.Add("--threshold", "Share of the baseline that must be exceeded; 1 asks for d100.", o => o.Threshold, (o, v) => o with { Threshold = v });
        set.Add("--baseline", "own: the same network trained directly; absolute:ACCURACY, for instance absolute:1.0 (published for MNIST).",
            o => o.Baseline, (o, v) => o with { Baseline = v }, words => BaselinePolicy.Parse(words[0]));
        set.Add("--replicates", "Trainings with other seeds at each dimension that decides.", o => o.Replicates, (o, v) => o with { Replicates = v });
        set.Add("--start", "Where the search begins.", o => o.Start, (o, v) => o with { Start = v });
        set.Add("--resolution", "The search ends when a success lies at most this factor above a failure.",
            o => o.Resolution, (o, v) => o with { Resolution = v });
        set.Add("--at", "Try these dimensions instead of searching: --at 100 200 400.", o => o.At, (o, v) => o with { At = v });
    }

    public WorkersOption Workers { get; } = new();

    public void AddTo(Command command)
    {
        set.AddTo(command);
        Workers.AddTo(command);
    }

    /// <summary>What the user asked for.</summary>
    public SearchOptions Read(Session session) => set.Read(session);
}

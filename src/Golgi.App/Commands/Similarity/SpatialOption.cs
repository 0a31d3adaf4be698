using System.CommandLine;
using Golgi.Instruments.Similarity.Rows;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>--spatial</c> and <c>--frequencies</c>: what becomes of the places of maps, and of the tokens of sequences.</summary>
internal sealed class SpatialOption
{
    private readonly long? usualFrequencies;

    /// <summary>Makes them.</summary>
    /// <param name="usual">What happens if nothing is said, for the help text.</param>
    /// <param name="usualFrequencies">Frequencies along each side if nothing is said; null: all.</param>
    public SpatialOption(string usual, long? usualFrequencies)
    {
        this.usualFrequencies = usualFrequencies;
        Spatial = new Option<Spatial?>("--spatial")
        {
            Description = "Maps [N, C, H, W] and sequences [N, T, D]: flatten (every value a feature), pixels (every place or token a sample), pool "
                + $"(their mean), dft (cca or svcca of maps per spatial frequency; sizes may differ). Default: {usual}.",
        };
        Frequencies = new Option<long?>("--frequencies")
        {
            Description =
                $"With --spatial dft: frequencies along each side, the lowest. Default: {(usualFrequencies is { } few ? $"{few}" : "all")}.",
            Validators = { result => { if (result.GetValueOrDefault<long?>() is < 1) result.AddError("--frequencies must be 1 or more."); } },
        };
    }

    public Option<Spatial?> Spatial { get; }

    public Option<long?> Frequencies { get; }

    public void AddTo(Command command)
    {
        command.Options.Add(Spatial);
        command.Options.Add(Frequencies);
    }

    /// <summary>True where maps are compared frequency by frequency.</summary>
    public bool PerFrequency(Session session) => session.Value(Spatial) == Golgi.App.Commands.Similarity.Spatial.Dft;

    /// <summary>How many frequencies along each side.</summary>
    public long? Most(Session session) => session.Value(Frequencies) ?? usualFrequencies;

    /// <summary>What else becomes of places.</summary>
    public MapReading Reading(Session session, MapReading usual) => session.Value(Spatial) switch
    {
        Golgi.App.Commands.Similarity.Spatial.Flatten => MapReading.Flatten,
        Golgi.App.Commands.Similarity.Spatial.Pixels => MapReading.Places,
        Golgi.App.Commands.Similarity.Spatial.Pool => MapReading.Pool,
        _ => usual,
    };
}

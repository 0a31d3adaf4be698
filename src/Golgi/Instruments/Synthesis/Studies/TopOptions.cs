using Golgi.Data;
using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Which examples <see cref="TopJob"/> looks for and shows.</summary>
public sealed record TopOptions
{
    /// <summary>The layer, by its dotted name.</summary>
    public string Layer { get; init; } = "";

    /// <summary>Units that are shown; the pass covers all. Null: all.</summary>
    public IReadOnlyList<long>? Units { get; init; }

    /// <summary>Images of each unit. Default 9.</summary>
    public int Count { get => field; init => field = Check.Positive(value, nameof(Count)); } = 9;

    /// <summary>Images to look at, spread over the set; null: all.</summary>
    public long? Limit { get => field; init => field = value is { } limit ? Check.Positive(limit, nameof(Limit)) : null; }

    /// <summary>Whether whole images are shown instead of what the unit sees of them.</summary>
    public bool Whole { get; init; }

    /// <summary>Which part of the data set. Default: the test part.</summary>
    public DataPart Part { get; init; } = DataPart.Test;
}

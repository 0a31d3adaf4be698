namespace Golgi.Instruments.Similarity.Measures;

/// <summary>What a measure does not see, and how its values are to be read. Tests are made from these flags.</summary>
/// <param name="Minimum">The lowest value.</param>
/// <param name="Maximum">The highest value: that of a layer with itself.</param>
public sealed record MeasureTraits(double Minimum, double Maximum)
{
    /// <summary>True if exchanging the sides changes nothing.</summary>
    public bool Symmetric { get; init; } = true;

    /// <summary>True if any invertible linear map of a side's features changes nothing.</summary>
    public bool LinearInvariant { get; init; }

    /// <summary>True if rotations and reflections of a side's features change nothing.</summary>
    public bool OrthogonalInvariant { get; init; } = true;

    /// <summary>True if multiplying all of a side's activations by one number changes nothing.</summary>
    public bool ScaleInvariant { get; init; } = true;

    /// <summary>True if adding a constant to each feature changes nothing.</summary>
    public bool TranslationInvariant { get; init; } = true;

    /// <summary>True if the value is without meaning once both sides' kept directions outnumber the samples.</summary>
    public bool NeedsMoreSamplesThanDirections { get; init; }
}

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>What a comparison makes of the places of maps [N, C, H, W], and of the tokens of sequences [N, T, D].</summary>
public enum SpatialReading
{
    /// <summary>Every value is a feature.</summary>
    Flatten,

    /// <summary>Every place or token is a sample.</summary>
    Pixels,

    /// <summary>Their mean.</summary>
    Pool,

    /// <summary>Maps are compared frequency by frequency; sizes may differ.</summary>
    Dft,
}

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>One of the two layers of a comparison.</summary>
public enum Side
{
    /// <summary>The first.</summary>
    Left,

    /// <summary>The second.</summary>
    Right,
}

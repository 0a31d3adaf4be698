namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>Whether an accumulation also sums squared row norms; only debiased measures need them.</summary>
public enum RowNorms
{
    /// <summary>They are left out.</summary>
    Ignored,

    /// <summary>They are summed.</summary>
    Kept,
}

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>How activations with more than two dimensions become rows of features.</summary>
public enum MapReading
{
    /// <summary>Every value a feature: [N, C, H, W] gives N rows of C·H·W. Exact, and hungry for samples.</summary>
    Flatten,

    /// <summary>Every place a sample: N·H·W rows of C features (tokens likewise, N·T rows of D). For one layer at two times or
    /// in two networks of one architecture; both sides need as many places.</summary>
    Places,

    /// <summary>The mean over places: N rows of C features..</summary>
    Pool,
}

namespace Golgi.Instruments.Similarity.Comparing;

/// <summary>What to do with a comparison that has too few samples to mean anything.</summary>
public enum FewSamples
{
    /// <summary>Refuse it.</summary>
    Refuse,

    /// <summary>Compute it, with a warning.</summary>
    Warn,
}

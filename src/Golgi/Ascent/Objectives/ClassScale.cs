namespace Golgi.Ascent.Objectives;

/// <summary>On which scale a class is asked for.</summary>
public enum ClassScale
{
    /// <summary>The value before the softmax. The usual choice: a probability also rises by suppressing the other
    /// classes.</summary>
    Logit,

    /// <summary>log p(class), the condition of the probabilistic form.</summary>
    LogProbability,

    /// <summary>p(class).</summary>
    Probability,
}

namespace Golgi.Ascent;

/// <summary>How an ascent ended.</summary>
public enum AscentOutcome
{
    /// <summary>All steps were taken.</summary>
    Finished,

    /// <summary>The gradient was zero everywhere from the first step on: the unit does not answer to anything near the
    /// start; perhaps it is dead.</summary>
    DeadUnit,

    /// <summary>The gradient became zero on the way.</summary>
    ZeroGradient,

    /// <summary>The score or the gradient was not a finite number, in several steps on end.</summary>
    NotANumber,
}

namespace Golgi.Tickets;

/// <summary>What a paper says of one setting beside another.</summary>
public enum Claim
{
    /// <summary>Nothing: the setting is what others are compared with.</summary>
    None,

    /// <summary>As good, or better: the interval of the differences does not lie below 0.</summary>
    AsGood,

    /// <summary>Worse: the interval of the differences lies below 0.</summary>
    Worse,

    /// <summary>Better: the interval of the differences lies above 0.</summary>
    Better,
}

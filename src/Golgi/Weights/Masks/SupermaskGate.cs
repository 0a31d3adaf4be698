namespace Golgi.Weights.Masks;

/// <summary>How a <see cref="Supermask"/> turns its probabilities into a mask while it is trained.</summary>
public enum SupermaskGate
{
    /// <summary>Each weight is kept with its probability, drawn anew at every step.</summary>
    Bernoulli,

    /// <summary>A random half of the weights is kept or not as its probability is at least ½; the other half is weighted with it.</summary>
    Rounded,
}

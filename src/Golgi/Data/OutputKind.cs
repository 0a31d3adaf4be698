namespace Golgi.Data;

/// <summary>What comes out of a network, and what it is trained to say.</summary>
public enum OutputKind
{
    /// <summary>A score for each class, [N, classes]; the truth is a class, int64 [N].</summary>
    Classes,

    /// <summary>Numbers, [N, values]; the truth is such numbers, float32.</summary>
    Values,

    /// <summary>A picture, [N, C, H, W], in [0, 1].</summary>
    Picture,

    /// <summary>One log-odds, [N] or [N, 1]: a discriminator's.</summary>
    Logit,
}

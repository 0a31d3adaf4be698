namespace Golgi.Networks;

/// <summary>What a layer does, as far as one must know it to look at a network.</summary>
public enum LayerRole
{
    /// <summary>A linear map with weights: a convolution or a matrix.</summary>
    Linear,

    /// <summary>Batch, layer, group or instance normalization.</summary>
    Normalization,

    /// <summary>A function of each number: a rectifier, tanh.</summary>
    Nonlinearity,

    /// <summary>A maximum or a mean over places.</summary>
    Pooling,

    /// <summary>Gives what it gets, perhaps in another shape: flatten, identity, dropout.</summary>
    Passage,

    /// <summary>Anything else, a user's own layers among them.</summary>
    Other,
}

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>What is done to the data before training, to see what the network uses.</summary>
public enum Shuffling
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>One random permutation of the pixels, the same for all images: neighborhoods mean nothing any more.</summary>
    Pixels,

    /// <summary>The training labels are permuted among the training examples: there is nothing to learn but the examples themselves.</summary>
    Labels,
}

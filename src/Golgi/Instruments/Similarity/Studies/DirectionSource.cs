namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Where the directions come from that a layer's activations are reduced to.</summary>
public enum DirectionSource
{
    /// <summary>SVCCA against the network's own logits: what the output reads. At most as many as there are classes.</summary>
    SvccaLogits,

    /// <summary>SVCCA against the same layer of another network: what both found.</summary>
    SvccaNetworks,

    /// <summary>Principal components: most variance.</summary>
    Pca,

    /// <summary>Random orthonormal directions.</summary>
    Random,

    /// <summary>Single neurons, chosen at random.</summary>
    RandomNeurons,

    /// <summary>Single neurons with the largest mean absolute activation.</summary>
    MaxActivation,
}

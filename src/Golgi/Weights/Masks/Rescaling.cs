namespace Golgi.Weights.Masks;

/// <summary>Whether a supermask's layers are scaled up as their masks thin.</summary>
internal enum Rescaling
{
    /// <summary>No.</summary>
    None,

    /// <summary>By weights / kept weights of the layer.</summary>
    Layer,
}

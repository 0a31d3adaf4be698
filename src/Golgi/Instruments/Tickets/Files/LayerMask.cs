using Golgi.Weights.Masks;

namespace Golgi.Instruments.Tickets.Files;

/// <summary>How much of one layer a mask keeps.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Kept">Kept weights.</param>
/// <param name="Total">All its weights.</param>
public sealed record LayerMask(string Name, long Kept, long Total)
{
    /// <summary>Kept / total, in [0, 1].</summary>
    public double Remaining => (double)Kept / Total;

    /// <summary>Every layer in a mask's scope.</summary>
    public static IReadOnlyList<LayerMask> Of(Mask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return [.. mask.Layers.Select((layer, i) => new LayerMask(layer.Name, mask.Counts[i], layer.Length))];
    }
}

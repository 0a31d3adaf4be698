using Golgi.Ascent.Objectives;
using Golgi.Data;
using Golgi.Networks;
using Golgi.Networks.Taps;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Ascent;

/// <summary>A network that looks at pictures: it prepares raw pixels and reads layers. The network is frozen
/// meanwhile; disposing restores it.</summary>
public sealed class FrozenSpecimen : IDisposable
{
    private readonly Preprocessing preprocessing;
    private readonly Frozen frozen;
    private readonly ActivationTap tap;
    private readonly bool pixelByPixel;

    /// <summary>Begins to look.</summary>
    /// <param name="specimen">Borrowed.</param>
    /// <param name="layers">The layers to read.</param>
    /// <exception cref="ArgumentException">A layer is not known; the message lists the nearest.</exception>
    public FrozenSpecimen(Specimen specimen, IEnumerable<string> layers)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        // Pictures are made in the size in which they are looked at: nothing is resized or cropped.
        preprocessing = specimen.Preprocessing with { ShorterSide = 0, Crop = 0 };
        tap = new ActivationTap(specimen.Network, layers);
        frozen = new Frozen(specimen.Network);
        // A network that somebody wrote may count on rows.
        pixelByPixel = specimen.Network is IPixelByPixel && specimen.Device.type == DeviceType.CPU;
    }

    /// <summary>Shows pictures to the network.</summary>
    /// <param name="views">Raw pixels (0 to 255), [views · N, C, H, W]; gradients flow through.</param>
    /// <param name="pictures">The same before any transform, [N, C, H, W]; null: they are the views.</param>
    /// <returns>What the network says; it lives in the caller's dispose scope, until the next call.</returns>
    public ForwardPass Look(Tensor views, Tensor? pictures = null) => Look(views, pictures, null, null);

    /// <summary>The same, knowing what the pictures are made of and who else may be asked.</summary>
    internal ForwardPass Look(
        Tensor views, Tensor? pictures, Tensor? coordinates, IReadOnlyDictionary<string, FrozenSpecimen>? networks)
    {
        var prepared = preprocessing.Apply(views);
        var output = tap.Run(pixelByPixel && prepared.requires_grad ? PixelByPixel(prepared) : prepared);
        return new ForwardPass(views, output, tap, pictures, coordinates, networks);
    }

    /// <summary>The same with a pixel's channels beside each other in memory, as convolutions and pools go fastest, and as they hand it on:
    /// libtorch's largest-of-a-window compares element by element otherwise.</summary>
    private static Tensor PixelByPixel(Tensor x) => x.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <inheritdoc/>
    public void Dispose()
    {
        tap.Dispose();
        frozen.Dispose();
    }
}

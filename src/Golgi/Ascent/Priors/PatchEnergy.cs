using Golgi.Ascent.Objectives;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>How unlike natural patches a picture's patches are: the mean over its patches p of min_d |p − d|² over a
/// collection of
/// patches d, an energy, in the unit range.</summary>
/// <remarks>Wei et al. 2015. The gradient goes to the nearest patch and is averaged where patches overlap.</remarks>
public sealed class PatchEnergy : Objective, IDisposable
{
    private readonly Tensor collection;

    /// <summary>Takes a collection of patches.</summary>
    /// <param name="collection">[patches, C · size · size], unit range; copied.</param>
    /// <param name="size">The patches' side in pixels.</param>
    /// <param name="stride">Pixels from one patch of a picture to the next. Default: half a patch.</param>
    public PatchEnergy(Tensor collection, int size, int? stride = null)
    {
        this.collection = Check.Shape(collection, "[patches, values]").detach().to(ScalarType.Float32).clone().DetachFromDisposeScope();
        Size = Check.Positive(size);
        Stride = Check.Positive(stride ?? Math.Max(1, size / 2), nameof(stride));
    }

    /// <summary>The patches' side in pixels.</summary>
    public int Size { get; }

    /// <summary>Pixels from one patch of a picture to the next.</summary>
    public int Stride { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [];

    /// <summary>Draws patches from images.</summary>
    /// <param name="images">Raw images, uint8 or floating point in 0 to 255, at least as large as a patch.</param>
    /// <param name="size">A patch's side.</param>
    /// <param name="count">How many patches.</param>
    /// <param name="random">Which images and where.</param>
    /// <returns>[count, C · size · size], unit range; the caller owns it.</returns>
    public static Tensor Collect(Examples images, int size, int count, Philox random)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(random);
        using var scope = NewDisposeScope();
        var reader = random.Reader();
        int sources = (int)Math.Min(images.Count, Math.Max(1, count / 16));
        var raw = images.Read(
            tensor(Enumerable.Range(0, sources).Select(_ => (long)reader.Next((int)images.Count)).ToArray()));
        var patches = Enumerable.Range(0, count).Select(i =>
        {
            long top = reader.Next((int)(raw.shape[2] - size + 1)), left = reader.Next((int)(raw.shape[3] - size + 1));
            return raw[i % sources].narrow(1, top, size).narrow(2, left, size).flatten();
        });
        return PictureUnits.Unit(stack(patches).to(ScalarType.Float32)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        var patches = Patches(PictureUnits.Unit(pass.Pictures), Size, Stride);   // [N, places, values]
        var flat = patches.reshape(-1, patches.shape[2]);
        Tensor nearest;
        using (no_grad())
        {
            nearest = collection.to(flat.dtype).index_select(0, cdist(flat, collection.to(flat.dtype)).argmin(1));
        }

        return (flat - nearest).square().sum(1).view(patches.shape[0], -1).mean([1]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"patches {Size}x{Size}";

    /// <inheritdoc/>
    public void Dispose() => collection.Dispose();

    /// <summary>The patches of pictures, [N, places, C · size · size].</summary>
    internal static Tensor Patches(Tensor pictures, int size, int stride) =>
        pictures.unfold(2, size, stride).unfold(3, size, stride).permute(0, 2, 3, 1, 4, 5)
            .reshape(pictures.shape[0], -1, pictures.shape[1] * size * size);
}

using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Examples' own pictures as what a network should give, in [0, 1], read when they are needed.</summary>
/// <param name="pictures">Borrowed: it must outlive this object.</param>
public sealed class PictureTargets(Examples pictures) : Targets
{
    private Examples? own;

    /// <inheritdoc/>
    public override OutputKind Kind => OutputKind.Picture;

    /// <inheritdoc/>
    public override long Count => pictures.Count;

    /// <inheritdoc/>
    public override IReadOnlyList<long> Shape => pictures.InputShape;

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var raw = pictures.Read(indices);
        return (raw.dtype == ScalarType.Byte ? raw.to(ScalarType.Float32).div_(255) : raw).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Targets Take(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var chosen = new ExamplesSubset(pictures, indices.clone());
        return new PictureTargets(chosen) { own = chosen };
    }

    /// <inheritdoc/>
    public override void Dispose() => own?.Dispose();
}

using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>Another set's images with their pixels in another order, the same for all images and channels.</summary>
internal sealed class PermutedPixels(Examples whole, Tensor order) : Examples
{
    private readonly Tensor order = order.clone().DetachFromDisposeScope();

    public override IReadOnlyList<long> InputShape => whole.InputShape;

    public override Targets Targets => whole.Targets;

    public override Tensor Read(Tensor indices)
    {
        using var scope = NewDisposeScope();
        var images = whole.Read(indices);
        return images.flatten(2).index_select(2, order).reshape(images.shape).MoveToOuterDisposeScope();
    }

    public override void Dispose() => order.Dispose();
}

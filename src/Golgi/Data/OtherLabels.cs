using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Another set's inputs with other labels.</summary>
internal sealed class OtherLabels(Examples whole, Tensor labels) : Examples
{
    public override IReadOnlyList<long> InputShape => whole.InputShape;

    public override Tensor Labels { get; } = labels.DetachFromDisposeScope();

    public override Tensor Read(Tensor indices) => whole.Read(indices);

    public override void Dispose() => Labels.Dispose();
}

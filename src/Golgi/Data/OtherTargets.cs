using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Another set's inputs with other targets, which it takes over.</summary>
internal sealed class OtherTargets(Examples whole, Targets targets) : Examples
{
    public override IReadOnlyList<long> InputShape => whole.InputShape;

    public override Targets Targets { get; } = targets;

    public override Tensor Read(Tensor indices) => whole.Read(indices);

    public override void Dispose() => Targets.Dispose();
}

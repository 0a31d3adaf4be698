using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A value known at import. Nodes that read the same one share it, tied weights included.</summary>
/// <param name="Name">The initializer's name, or the value's that was computed from it.</param>
/// <param name="Value">The value.</param>
/// <param name="IsWeight">True where it comes from an initializer and holds fractions: a layer may train it.</param>
internal sealed record Constant(string Name, Tensor Value, bool IsWeight)
{
    private Parameter? parameter;

    /// <summary>The value as a trainable parameter, the same one each time.</summary>
    public Parameter Parameter => parameter ??= new Parameter(Value);

    /// <summary>True where a layer owns the value.</summary>
    public bool IsOwned { get; set; }
}

using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A value known at import. Nodes that read the same one share it, tied weights included.</summary>
/// <param name="name">The initializer's name, or the value's that was computed from it.</param>
/// <param name="value">The value.</param>
/// <param name="isWeight">True where it comes from an initializer and holds fractions: a layer may train it.</param>
internal sealed class Constant(string name, Tensor value, bool isWeight)
{
    private Parameter? parameter;

    public string Name => name;

    public bool IsWeight => isWeight;

    /// <summary>The value; the parameter, once it is one, since a parameter takes the tensor's handle over.</summary>
    public Tensor Value => parameter ?? value;

    /// <summary>The value as a trainable parameter, the same one each time.</summary>
    public Parameter Parameter => parameter ??= new Parameter(value);

    /// <summary>True where a layer owns the value.</summary>
    public bool IsOwned { get; set; }
}

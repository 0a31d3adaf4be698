using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A level of names: it holds layers and computes nothing.</summary>
internal sealed class OnnxScope : nn.Module
{
    internal OnnxScope(string name)
        : base(name)
    {
    }
}

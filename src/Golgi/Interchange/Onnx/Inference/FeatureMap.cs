using Golgi.Native;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>Activations [N, H, W, C] with the channels of a pixel side by side: what the inference kernels read and write.</summary>
/// <param name="Buffer">The memory; the run's pool owns it.</param>
internal sealed unsafe record FeatureMap(NativeBuffer<float> Buffer, int Batch, int Height, int Width, int Channels)
{
    public float* Start => Buffer.Start;

    public int Pixels => Batch * Height * Width;

    public bool HasShapeOf(FeatureMap other) => (Batch, Height, Width, Channels) == (other.Batch, other.Height, other.Width, other.Channels);
}

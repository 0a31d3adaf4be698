namespace Golgi.Interchange.Onnx.Inference;

/// <summary>What a tile is multiplied with.</summary>
/// <param name="weights">[pieces of the window, elements of a piece, channels of a tile].</param>
/// <param name="bias">[channels of a tile].</param>
/// <param name="floor">0 for a rectified output, −∞ for a plain one.</param>
internal readonly unsafe struct KernelWeights(float* weights, float* bias, float floor)
{
    public float* Weights { get; } = weights;

    public float* Bias { get; } = bias;

    public float Floor { get; } = floor;
}

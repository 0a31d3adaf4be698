using Golgi.Numerics;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>A convolution's weights in the order in which the kernel reads them, batch normalization multiplied in; and the hash of
/// what they were made of, by which a change of any weight, wherever it came from, is seen.</summary>
internal sealed class PackedWeights
{
    private readonly ulong[] sources;

    private PackedWeights(ulong[] sources, float[] weights, float[] bias, int outputs, int inputs)
    {
        this.sources = sources;
        Weights = weights;
        Bias = bias;
        Outputs = outputs;
        Inputs = inputs;
    }

    /// <summary>[blocks of output channels, rows, columns, input channels, channels of a block], pinned.</summary>
    public float[] Weights { get; }

    /// <summary>[blocks × channels of a block], pinned.</summary>
    public float[] Bias { get; }

    public int Outputs { get; }

    public int Inputs { get; }

    /// <summary>True for tensors whose memory can be read as it is.</summary>
    public static bool Fits(Tensor tensor) =>
        tensor.dtype == ScalarType.Float32 && tensor.device_type == TorchSharp.DeviceType.CPU && tensor.is_contiguous() && tensor.numel() < int.MaxValue / sizeof(float);

    /// <summary>True while the tensors hold what was packed: see <see cref="ChangeHash"/> for how surely that is known.</summary>
    public bool IsOf(IReadOnlyList<Tensor> tensors)
    {
        for (int i = 0; i < sources.Length; i++)
        {
            if (ChangeHash.Of(tensors[i].bytes) != sources[i]) return false;
        }

        return true;
    }

    /// <summary>Packs.</summary>
    /// <param name="tensors">Weight [outputs, inputs, rows, columns]; then, by <paramref name="hasBias"/>, the bias; then, if any are left,
    /// batch normalization's scale, shift, mean and variance.</param>
    public static PackedWeights Of(IReadOnlyList<Tensor> tensors, bool hasBias, double epsilon)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        ulong[] sources = [.. tensors.Select(tensor => ChangeHash.Of(tensor.bytes))];
        var weight = tensors[0];
        int outputs = (int)weight.shape[0], inputs = (int)weight.shape[1];
        var bias = hasBias ? tensors[1] : zeros(outputs);
        if (tensors.Count - (hasBias ? 2 : 1) == 4)
        {
            int first = hasBias ? 2 : 1;
            var scale = tensors[first] / (tensors[first + 3] + epsilon).sqrt();
            weight = weight * scale.reshape(-1, 1, 1, 1);
            bias = ((bias - tensors[first + 2]) * scale) + tensors[first + 1];
        }

        int width = ConvolutionKernel.Channels, blocks = (outputs + width - 1) / width, lacking = (blocks * width) - outputs;
        var ordered = nn.functional.pad(weight.permute(2, 3, 1, 0), [0, lacking])           // [rows, columns, inputs, blocks × width]
            .reshape(-1, blocks, width).transpose(0, 1).contiguous();                         // [blocks, window, width]
        return new PackedWeights(sources, Pinned(ordered), Pinned(nn.functional.pad(bias, [0, lacking])), outputs, inputs);
    }

    private static float[] Pinned(Tensor values)
    {
        float[] array = GC.AllocateUninitializedArray<float>((int)values.numel(), pinned: true);
        values.contiguous().bytes.CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(array.AsSpan()));
        return array;
    }
}

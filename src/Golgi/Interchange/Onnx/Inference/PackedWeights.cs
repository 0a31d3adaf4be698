using System.Runtime.InteropServices;
using Golgi.Numerics.LinearAlgebra;
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
        tensor.dtype == ScalarType.Float32 && tensor.device_type == TorchSharp.DeviceType.CPU && tensor.is_contiguous()
            && tensor.numel() < int.MaxValue / sizeof(float);

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
        int outputs = (int)tensors[0].shape[0], inputs = (int)tensors[0].shape[1], window = (int)(tensors[0].shape[2] * tensors[0].shape[3]);
        var bias = hasBias ? tensors[1] : zeros(outputs);
        var scale = ones(outputs);
        if (tensors.Count - (hasBias ? 2 : 1) == 4)
        {
            int first = hasBias ? 2 : 1;
            scale = tensors[first] / (tensors[first + 3] + epsilon).sqrt();
            bias = ((bias - tensors[first + 2]) * scale) + tensors[first + 1];
        }

        int width = ConvolutionKernel.Channels, blocks = (outputs + width - 1) / width;
        float[] shifts = GC.AllocateArray<float>(blocks * width, pinned: true);
        Numbers(bias.contiguous()).CopyTo(shifts);
        return new PackedWeights(sources, Ordered(Numbers(tensors[0]), Numbers(scale), inputs, window, blocks), shifts, outputs, inputs);
    }

    // [outputs, inputs, window] times the outputs' scales becomes [blocks, window, inputs, channels of a block], zeros where outputs lack.
    private static float[] Ordered(ReadOnlySpan<float> weights, ReadOnlySpan<float> scales, int inputs, int window, int blocks)
    {
        int width = ConvolutionKernel.Channels;
        float[] ordered = GC.AllocateArray<float>(blocks * window * inputs * width, pinned: true);
        for (int output = 0; output < scales.Length; output++)
        {
            var from = weights.Slice(output * inputs * window, inputs * window);
            var to = ordered.AsSpan(output / width * window * inputs * width);
            for (int input = 0; input < inputs; input++)
            {
                for (int place = 0; place < window; place++)
                {
                    to[(((place * inputs) + input) * width) + (output % width)] = from[(input * window) + place] * scales[output];
                }
            }
        }

        return ordered;
    }

    private static ReadOnlySpan<float> Numbers(Tensor values) => MemoryMarshal.Cast<byte, float>(values.bytes);
}

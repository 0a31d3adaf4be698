using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace Golgi.Tests.Interchange;

/// <summary>ONNX Runtime: the independent answer. One float input, one float output.</summary>
internal sealed class OnnxOracle : IDisposable
{
    private readonly InferenceSession session;

    public OnnxOracle(string path, int threads = 0)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        if (threads > 0) options.IntraOpNumThreads = threads;
        session = new InferenceSession(path, options);
    }

    public OnnxOracle(byte[] model)
    {
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        session = new InferenceSession(model, options);
    }

    /// <summary>Runs a batch; half-precision models get and give half precision behind this.</summary>
    public Tensor Run(Tensor input)
    {
        var (name, about) = session.InputMetadata.First();
        float[] values = input.contiguous().data<float>().ToArray();
        int[] shape = [.. input.shape.Select(size => (int)size)];
        var given = about.ElementDataType == TensorElementType.Float16
            ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<Float16>(values.Select(value => (Float16)value).ToArray(), shape))
            : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, shape));
        using var results = session.Run([given]);
        var first = results[0];
        if (first.ElementType == TensorElementType.Float16)
        {
            var half = first.AsTensor<Float16>();
            return tensor(half.Select(value => (float)value).ToArray()).reshape([.. half.Dimensions.ToArray().Select(size => (long)size)]);
        }

        var result = first.AsTensor<float>();
        return tensor(result.ToArray()).reshape([.. result.Dimensions.ToArray().Select(size => (long)size)]);
    }

    public void Dispose() => session.Dispose();
}

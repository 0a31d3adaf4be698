using Golgi.Interchange.Wire;

namespace Golgi.Tests.Interchange;

/// <summary>A small Caffe network: a convolution that is rectified in place, a pool, a matrix, softmax.</summary>
internal static class CaffeSamples
{
    public const string Definition = """
        name: "small"   # a comment
        input: "data" input_dim: 1 input_dim: 1 input_dim: 5 input_dim: 5
        layer { name: "conv" type: "Convolution" bottom: "data" top: "conv" convolution_param { num_output: 2 kernel_size: 3 pad: 1 } }
        layer { name: "relu" type: "ReLU" bottom: "conv" top: "conv" }
        layer { name: "pool" type: "Pooling" bottom: "conv" top: "pool" pooling_param { pool: AVE kernel_size: 2 stride: 2 } }
        layer { name: "ip" type: "InnerProduct" bottom: "pool" top: "ip" inner_product_param { num_output: 3 } }
        layer { name: "prob" type: "Softmax" bottom: "ip" top: "prob" }
        """;

    /// <summary>Its weights: i/10 for the i-th number of each blob, minus 0.5.</summary>
    public static byte[] Weights()
    {
        var writer = new WireWriter();
        Layer(writer, "conv", [2, 1, 3, 3], [2]);
        Layer(writer, "ip", [3, 18], [3]);
        return writer.Written.ToArray();
    }

    public static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 11 / 10f) - 0.5f)];

    private static void Layer(WireWriter writer, string name, long[] weight, long[] bias) => writer.Message(100, layer =>
    {
        layer.Text(1, name);
        foreach (long[] shape in new[] { weight, bias })
        {
            layer.Message(7, blob =>
            {
                foreach (float value in Values((int)shape.Aggregate(1L, (a, b) => a * b))) blob.Float(5, value);
                blob.Message(7, sizes =>
                {
                    foreach (long size in shape) sizes.Integer(1, size);
                });
            });
        }
    });
}

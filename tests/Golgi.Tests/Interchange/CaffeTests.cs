using Golgi.Interchange.Caffe;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

public sealed class CaffeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_network_computes_what_its_definition_says()
    {
        using var scope = NewDisposeScope();
        using var network = Import(CaffeSamples.Definition);
        var x = arange(25, dtype: ScalarType.Float32).reshape(1, 1, 5, 5).div(10);

        // By the definition: pools round sizes up, and an average that hangs over the edge divides by what lies inside.
        Tensor Blob(int count, params long[] shape) => tensor(CaffeSamples.Values(count)).reshape(shape);
        var conv = nn.functional.conv2d(x, Blob(18, 2, 1, 3, 3), Blob(2, 2), padding: [1, 1]).relu();
        var pool = zeros(1, 2, 3, 3);
        for (int row = 0; row < 3; row++)
        {
            for (int column = 0; column < 3; column++)
            {
                var window = conv.narrow(2, 2 * row, Math.Min(2, 5 - (2 * row))).narrow(3, 2 * column, Math.Min(2, 5 - (2 * column)));
                pool.narrow(2, row, 1).narrow(3, column, 1).copy_(window.mean([2, 3], keepdim: true));
            }
        }

        var expected = nn.functional.linear(pool.flatten(1), Blob(54, 3, 18), Blob(3, 3)).softmax(1);
        Near.Equal(expected, network.call(x), Near.Single);
        Assert.Contains("conv.weight", network.named_parameters().Select(entry => entry.name));
        Assert.Contains("relu", network.named_modules().Select(entry => entry.name));
    }

    /// <summary>x / (k + α/n · Σ x²)^β over n neighboring channels; 5, 1, 0.75 and 1 where the file says nothing.</summary>
    [Theory]
    [InlineData("lrn_param { local_size: 3 alpha: 0.5 beta: 0.6 k: 2 }", 3, 0.5, 0.6, 2)]
    [InlineData("", 5, 1, 0.75, 1)]
    [InlineData("lrn_param { beta: 0.25 }", 5, 1, 0.25, 1)]
    public void Local_response_is_normalized_by_the_parameters_of_the_file(string parameters, int size, double alpha, double beta, double k)
    {
        using var scope = NewDisposeScope();
        using var network = Import($$"""
            name: "normalized"
            input: "data" input_dim: 1 input_dim: 7 input_dim: 2 input_dim: 2
            layer { name: "norm" type: "LRN" bottom: "data" top: "norm" {{parameters}} }
            """);
        var x = randn([1, 7, 2, 2], generator: new Generator(1)).mul(2);
        var expected = zeros_like(x);
        for (int channel = 0; channel < 7; channel++)
        {
            int from = Math.Max(0, channel - (size / 2)), to = Math.Min(6, channel + (size / 2));
            var around = x.narrow(1, from, to - from + 1).square().sum([1L], keepdim: true);
            expected.narrow(1, channel, 1).copy_(x.narrow(1, channel, 1) / ((around * (alpha / size)) + k).pow(beta));
        }

        Near.Equal(expected, network.call(x), Near.Single);
    }

    [Theory]
    [InlineData("\"Pooling\"", "\"Roulette\"", "Roulette")]
    [InlineData("bottom: \"pool\"", "bottom: \"nothing\"", "nothing")]
    [InlineData("name: \"ip\"", "name: \"other\"", "other")]
    public void What_does_not_fit_is_named(string from, string to, string named) =>
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => Import(CaffeSamples.Definition.Replace(from, to))).Message);

    private Golgi.Interchange.Onnx.OnnxNetwork Import(string definition)
    {
        File.WriteAllText(Path.Combine(folder, "net.prototxt"), definition);
        File.WriteAllBytes(Path.Combine(folder, "net.caffemodel"), CaffeSamples.Weights());
        return CaffeImporter.Import(Path.Combine(folder, "net.prototxt"), Path.Combine(folder, "net.caffemodel"));
    }
}

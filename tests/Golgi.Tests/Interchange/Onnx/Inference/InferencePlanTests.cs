using Golgi.Interchange.Onnx;
using Golgi.Interchange.Onnx.Inference;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange.Onnx.Inference;

/// <summary>The plan for results alone computes what the layers compute, sees every change, and stands aside for whoever watches.</summary>
[Collection(TorchState.Name)]
public sealed class InferencePlanTests
{
    public InferencePlanTests() => Assert.SkipUnless(ConvolutionKernel.IsSupported, "The processor lacks the vectors.");

    [Theory]
    [InlineData(1, 3, 5, 3, 1, 1, 1)]
    [InlineData(2, 1, 33, 5, 2, 2, 1)]
    [InlineData(3, 16, 32, 1, 1, 0, 1)]
    [InlineData(2, 7, 40, 3, 2, 2, 2)]
    [InlineData(1, 64, 17, 3, 1, 0, 1)]
    [InlineData(5, 20, 50, 5, 1, 2, 1)]
    public void Convolutions_with_what_follows_them_agree_with_the_layers(
        int batch, int channels, int outputs, int kernel, int stride, int padding, int dilation)
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(Network(channels, outputs, kernel, stride, padding, dilation));
        var x = randn([batch, channels, 13, 11], generator: new Generator(1));
        Near.Equal(Watched(network, x), Fast(network, x), Near.Single);
    }

    /// <summary>21 channels: vectors and a rest. 13 × 11 pixels: neither is a multiple of a stride.</summary>
    [Theory]
    [InlineData("MaxPool", 2, 1, 1, 0, 1, false)]
    [InlineData("MaxPool", 3, 2, 1, 1, 1, false)]
    [InlineData("MaxPool", 3, 1, 2, 1, 2, false)]
    [InlineData("MaxPool", 5, 3, 2, 2, 1, false)]
    [InlineData("MaxPool", 2, 3, 3, 0, 1, false)]
    [InlineData("MaxPool", 2, 2, 2, 0, 1, true)]
    [InlineData("AveragePool", 3, 2, 1, 1, 1, false)]
    [InlineData("AveragePool", 2, 2, 2, 0, 1, true)]
    [InlineData("GlobalAveragePool", 0, 0, 0, 0, 0, false)]
    [InlineData("GlobalMaxPool", 0, 0, 0, 0, 0, false)]
    public void Pools_agree_with_the_independent_runtime(
        string pool, int kernel, int rows, int columns, int padding, int dilation, bool roundsUp)
    {
        using var scope = NewDisposeScope();
        var rng = new Generator(4);
        var model = OnnxGraphs.Model([-1, 3, 13, 11], graph =>
        {
            string weight = graph.Weight("c.weight", randn([21, 3, 1, 1], generator: rng));
            string conv = graph.Node("Conv", "c", ["x", weight, graph.Weight("c.bias", full(21, -4f))]); // below 0, so that padding is told from it
            List<(string, object)> window = kernel == 0 ? [] :
            [
                ("kernel_shape", OnnxAttribute.Of([(long)kernel, kernel])), ("strides", OnnxAttribute.Of([(long)rows, columns])),
                ("pads", OnnxAttribute.Of([padding, padding, padding, (long)padding])), ("ceil_mode", OnnxAttribute.Of(roundsUp ? 1L : 0)),
            ];
            if (dilation > 1) window.Add(("dilations", OnnxAttribute.Of([(long)dilation, dilation])));
            graph.Node(pool, "pool", [conv], [.. window]);
        });
        using var network = OnnxImporter.Import(model);
        using var plan = InferenceCompiler.Compile(network.Plan)!;
        using var oracle = new OnnxOracle(OnnxWriter.ToBytes(model));
        var x = randn([2, 3, 13, 11], generator: rng);
        using var still = no_grad();
        var expected = oracle.Run(x);
        Near.Equal(expected, plan.TryRun([x])![0]!, Near.Single);
        Near.Equal(expected, Watched(network, x), Near.Single);
    }

    [Fact]
    public void The_plan_is_taken_for_results_alone_and_not_otherwise()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(Network(3, 8, 3, 1, 1, 1));
        using var plan = InferenceCompiler.Compile(network.Plan)!;
        var x = randn(1, 3, 13, 11);
        Assert.Null(plan.TryRun([x])); // gradients are on
        using var still = no_grad();
        Assert.NotNull(plan.TryRun([x]));
        var layer = (nn.Module<Tensor, Tensor>)network.named_modules().First(entry => entry.name == "first").module;
        var hook = layer.register_forward_hook((_, _, output) => zeros_like(output));
        Assert.Null(plan.TryRun([x]));
        using var changed = network.call(x);
        hook.remove();
        using var unchanged = network.call(x);
        Assert.True((changed - unchanged).abs().max().item<float>() > 1e-3, "the hook was passed over");
        layer.train();
        Assert.Null(plan.TryRun([x]));
        layer.eval();
        Assert.NotNull(plan.TryRun([x]));
        Assert.Null(plan.TryRun([x.to(ScalarType.Float64)]));
    }

    [Theory]
    [InlineData("first.weight")]
    [InlineData("norm.bias")]
    [InlineData("norm.running_var")]
    public void A_weight_that_was_written_into_is_seen(string name)
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(Network(3, 8, 3, 1, 1, 1));
        var x = randn(2, 3, 13, 11);
        Fast(network, x);
        var state = network.state_dict();
        Span<float> values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(state[name].bytes);
        values[^1] += 1; // past every version counter
        Near.Equal(Watched(network, x), Fast(network, x), Near.Single);
    }

    [Fact]
    public void Several_threads_may_ask_at_once()
    {
        using var network = OnnxImporter.Import(Network(3, 24, 3, 1, 1, 1));
        using var x = randn(4, 3, 13, 11);
        using var expected = Watched(network, x);
        Parallel.For(0, 16, _ =>
        {
            using var scope = NewDisposeScope();
            Near.Equal(expected, Fast(network, x), Near.Single);
        });
    }

    [Fact]
    public void Runs_keep_no_tensors()
    {
        using var network = OnnxImporter.Import(Network(3, 8, 3, 1, 1, 1));
        using var x = randn(2, 3, 13, 11);
        Fast(network, x).Dispose();
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 5; i++) Fast(network, x).Dispose();
        });
    }

    // Two convolutions side by side into a concatenation, a sum of two branches, pools, and a layer that only tensors know.
    private static OnnxModel Network(int channels, int outputs, int kernel, int stride, int padding, int dilation) =>
        OnnxGraphs.Model([-1, channels, 13, 11], graph =>
        {
            using var scope = NewDisposeScope();
            var rng = new Generator(3);
            string Weight(string name, params long[] shape) => graph.Weight(name, randn(shape, generator: rng).mul(0.3));
            (string, object)[] window =
            [
                ("strides", OnnxAttribute.Of([(long)stride, stride])), ("pads", OnnxAttribute.Of([padding, padding, padding, (long)padding])),
                ("dilations", OnnxAttribute.Of([(long)dilation, dilation])),
            ];
            string first =
                graph.Node("Conv", "first", ["x", Weight("first.weight", outputs, channels, kernel, kernel), Weight("first.bias", outputs)], window);
            string norm = graph.Node("BatchNormalization", "norm",
                [first, Weight("norm.weight", outputs), Weight("norm.bias", outputs), Weight("norm.running_mean", outputs), graph.Weight(
                    "norm.running_var", rand(outputs) + 0.5)]);
            string relu = graph.Node("Relu", "relu", [norm]);
            string left = graph.Node("Relu", "leftrelu", [graph.Node("Conv", "left", [relu, Weight("left.weight", 19, outputs, 1, 1)])]);
            string right = graph.Node(
                "Conv", "right", [relu, Weight("right.weight", 4, outputs, 3, 3), Weight("right.bias", 4)],
                ("pads", OnnxAttribute.Of([1L, 1, 1, 1])));
            string both = graph.Node("Concat", "both", [left, right], ("axis", OnnxAttribute.Of(1L)));
            string pool = graph.Node("MaxPool", "pool", [both],
                ("kernel_shape", OnnxAttribute.Of([3L, 3])), ("strides", OnnxAttribute.Of([2L, 1])), ("pads", OnnxAttribute.Of([1L, 1, 1, 1])));
            string kept = graph.Node("Dropout", "kept", [pool]); // the same memory under a second name, read to the end
            string wide = graph.Node("Conv", "wide", [kept, Weight("wide.weight", 40, 23, 3, 3)], ("pads", OnnxAttribute.Of([1L, 1, 1, 1])));
            string again = graph.Node("Conv", "again", [wide, Weight("again.weight", 23, 40, 1, 1)]);
            string sum = graph.Node("Relu", "sumrelu", [graph.Node("Add", "sum", [again, kept])]);
            string odd = graph.Node("Softplus", "odd", [sum]);
            string average = graph.Node("GlobalAveragePool", "average", [graph.Node("Add", "late", [odd, sum])]);
            graph.Node("Flatten", "flat", [average]);
        });

    private static Tensor Fast(OnnxNetwork network, Tensor x)
    {
        using var still = no_grad();
        return network.call(x);
    }

    private static Tensor Watched(OnnxNetwork network, Tensor x)
    {
        using var still = no_grad();
        var layer = network.children().OfType<nn.Module<Tensor, Tensor>>().First();
        var hook = layer.register_forward_hook((_, _, output) => output);
        var y = network.call(x);
        hook.remove();
        return y;
    }
}

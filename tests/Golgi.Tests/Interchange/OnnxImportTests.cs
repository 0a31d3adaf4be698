using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Tests.Support;
using TorchSharp.Modules;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

public sealed class OnnxImportTests
{
    [Fact]
    public void An_imported_network_computes_what_the_independent_runtime_computes()
    {
        using var scope = NewDisposeScope();
        var model = OnnxGraphs.Classifier();
        using var network = OnnxImporter.Import(model);
        using var oracle = new OnnxOracle(OnnxWriter.ToBytes(model));
        var x = randn([7, 2, 8, 8], generator: new Generator(1));
        Near.Equal(oracle.Run(x), network.call(x), Near.Single);
    }

    [Fact]
    public void Layers_have_the_names_of_the_graph_and_the_types_of_torch()
    {
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        var layers = network.named_modules().ToDictionary(entry => entry.name, entry => entry.module);
        Assert.IsType<Conv2d>(layers["a.conv"]);
        Assert.IsType<BatchNorm2d>(layers["a.bn"]);
        Assert.IsType<Linear>(layers["fc"]);
        Assert.IsType<OnnxLayer>(layers["gated"]);
        Assert.IsType<OnnxLayer>(layers["a"]);                    // a layer that is also a level of names
        Assert.Equal(
            ["a.conv.weight", "a.conv.bias", "a.bn.weight", "a.bn.bias", "fc.weight", "logits.bias"],
            network.named_parameters().Select(entry => entry.name).OrderBy(name => Array.IndexOf(Names, name)));
        Assert.DoesNotContain("shape", layers.Keys);
    }

    /// <summary>ONNX's momentum is the share that stays, 0.9 where the file says nothing; torch's is the share that is new.</summary>
    [Theory]
    [InlineData(0.8f, 0.8)]
    [InlineData(null, 0.9)]
    public void Training_moves_stored_statistics_by_the_momentum_of_the_file(float? momentum, double stays)
    {
        using var scope = NewDisposeScope();
        var start = tensor(new float[] { 1, -2, 3 });
        var scale = tensor(new float[] { 2, 1, 0.5f });
        var model = OnnxGraphs.Model([-1, 3, 4, 4], graph => graph.Node(
            "BatchNormalization", "bn",
            ["x", graph.Weight("scale", scale), graph.Weight("bias", start + 1), graph.Weight("mean", start), graph.Weight("variance", ones(3))],
            momentum is { } given ? [("momentum", OnnxAttribute.Of(given))] : []));
        using var network = OnnxImporter.Import(model);
        var x = randn([5, 3, 4, 4], generator: new Generator(2)).mul(3).add(1);
        network.train();
        network.call(x);
        network.eval();

        var mean = (start * stays) + (x.mean([0, 2, 3]) * (1 - stays));
        var variance = (ones(3) * stays) + (x.var([0L, 2, 3]) * (1 - stays));
        Tensor Each(Tensor values) => values.reshape(1, 3, 1, 1);
        var expected = ((x - Each(mean)) / Each(variance + 1e-5).sqrt() * Each(scale)) + Each(start + 1);
        Near.Equal(expected, network.call(x), Near.Single);
    }

    [Fact]
    public void A_node_in_training_mode_gives_the_batch_s_statistics_mixed_into_the_stored_ones()
    {
        using var scope = NewDisposeScope();
        var start = tensor(new float[] { 1, -2, 3 });
        var model = OnnxGraphs.Model([-1, 3, 4, 4], graph =>
        {
            graph.Node(
                "BatchNormalization", "bn",
                [
                    "x", graph.Weight("scale", ones(3)), graph.Weight("bias", zeros(3)), graph.Weight("mean", start),
                    graph.Weight("variance", start.abs()),
                ],
                ("momentum", OnnxAttribute.Of(0.7f)), ("training_mode", OnnxAttribute.Of(1L)));
            graph.Graph.Nodes[^1].Outputs.AddRange(["newmean", "newvariance"]);
            graph.Node("Concat", "both", ["newmean", "newvariance"], ("axis", OnnxAttribute.Of(0L)));
        });
        using var network = OnnxImporter.Import(model);
        var x = randn([5, 3, 4, 4], generator: new Generator(2)).mul(3).add(1);
        var mean = (start * 0.7) + (x.mean([0, 2, 3]) * 0.3);
        var variance = (start.abs() * 0.7) + (x.var([0L, 2, 3], unbiased: false) * 0.3);
        Near.Equal(cat([mean, variance]), network.call(x), Near.Single);
    }

    [Fact]
    public void Every_layer_can_be_tapped_and_its_output_replaced()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        var x = randn(2, 2, 8, 8);
        using var before = network.call(x);
        foreach (var (name, module) in network.named_modules())
        {
            if (module is not nn.Module<Tensor, Tensor> layer) continue;
            int calls = 0;
            var hook = layer.register_forward_hook((_, _, output) =>
            {
                calls++;
                return zeros_like(output);
            });
            using var after = network.call(x);
            hook.remove();
            Assert.True(calls == 1, name);
            Assert.False(before.eq(after).all().item<bool>(), name);
        }

        Near.Exact(before, network.call(x));
    }

    [Fact]
    public void An_imported_network_trains()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        network.train();
        var x = randn([16, 2, 8, 8], generator: new Generator(2));
        var labels = arange(16).remainder(5);
        using var optimizer = optim.Adam(network.parameters(), 0.01);
        double first = 0, last = 0;
        for (int i = 0; i < 30; i++)
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(network.call(x), labels);
            loss.backward();
            optimizer.step();
            last = loss.item<float>();
            if (i == 0) first = last;
        }

        Assert.True(last < 0.5 * first, $"{first} -> {last}");
    }

    [Fact]
    public void Gradients_agree_with_central_differences()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        network.to(ScalarType.Float64);
        var x = randn([1, 2, 8, 8], ScalarType.Float64, generator: new Generator(3)).requires_grad_();
        network.call(x).square().sum().backward();
        var gradient = x.grad!;
        using var still = no_grad();
        foreach (int at in new[] { 0, 37, 90, 127 })
        {
            double Value(double step)
            {
                var moved = x.detach().clone();
                moved.view(-1)[at].add_(step);
                return network.call(moved).square().sum().item<double>();
            }

            double expected = (Value(1e-6) - Value(-1e-6)) / 2e-6, actual = gradient.view(-1)[at].item<double>();
            Assert.True(Math.Abs(expected - actual) <= 1e-5 * Math.Max(1, Math.Abs(expected)), $"{expected} {actual}");
        }
    }

    [Fact]
    public void A_batch_of_one_that_was_baked_in_does_not_bind()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(
            OnnxGraphs.Model([1, 6], graph => graph.Node("Reshape", "r", ["x", graph.Weight("s", tensor(new long[] { 1, 2, 3 }))])));
        Assert.Equal([4, 2, 3], network.call(ones(4, 6)).shape);
        Assert.Equal([1, 2, 3], network.call(ones(1, 6)).shape);
    }

    [Fact]
    public void An_unknown_operator_is_named_with_its_node()
    {
        var model = OnnxGraphs.Model([1], graph => graph.Node("Frobnicate", "odd one", ["x"]));
        Assert.Contains("Frobnicate 'odd one'", Assert.Throws<InvalidDataException>(() => OnnxImporter.Import(model)).Message);
    }

    [Fact]
    public void Cycles_and_missing_values_are_refused()
    {
        var cycle = OnnxGraphs.Model([1], graph => graph.Node("Add", "a", ["x", "a"]));
        Assert.Contains("cycle", Assert.Throws<InvalidDataException>(() => OnnxImporter.Import(cycle)).Message);
        var missing = OnnxGraphs.Model([1], graph => graph.Node("Add", "a", ["x", "nobody"]));
        Assert.Contains("nobody", Assert.Throws<InvalidDataException>(() => OnnxImporter.Import(missing)).Message);
    }

    [Fact]
    public void A_product_of_matrices_that_do_not_fit_is_an_error_and_not_the_end()
    {
        using var scope = NewDisposeScope();
        using var sizes =
            OnnxImporter.Import(OnnxGraphs.Model([2, 3], graph => graph.Node("MatMul", "product", ["x", graph.Node("Relu", "other", ["x"])])));
        Assert.Contains("product", Assert.Throws<InvalidDataException>(() => sizes.call(ones(2, 3))).Message);
        using var types =
            OnnxImporter.Import(OnnxGraphs.Model([2, 2], graph => graph.Node("MatMul", "product", ["x", graph.Node("Shape", "shape", ["x"])])));
        Assert.Contains("product", Assert.Throws<InvalidDataException>(() => types.call(ones(2, 2))).Message);
    }

    [Fact]
    public void Absurd_sizes_are_refused_before_they_are_allocated()
    {
        var shape = OnnxGraphs.Model([1], graph =>
        {
            string huge = graph.Node("ConstantOfShape", "huge", [graph.Weight("s", tensor(new[] { 1L << 40, 1L << 20 }))]);
            graph.Node("Add", "sum", ["x", huge]);
        });
        Assert.Throws<InvalidDataException>(() => OnnxImporter.Import(shape));

        var weight = OnnxGraphs.Model([1], graph => graph.Node("Add", "sum", ["x", "w"]));
        weight.Graph.Initializers.Add(new OnnxTensor { Name = "w", ElementType = 1, Shape = [1L << 40, 1L << 40] });
        Assert.Throws<InvalidDataException>(() => OnnxImporter.Import(weight));
    }

    [Fact]
    public void An_exported_import_computes_the_same_in_the_independent_runtime()
    {
        using var scope = NewDisposeScope();
        using var network = OnnxImporter.Import(OnnxGraphs.Classifier());
        using (no_grad())
        {
            foreach (var parameter in network.parameters()) parameter.mul_(1.1);
        }

        using var oracle = new OnnxOracle(OnnxWriter.ToBytes(OnnxExporter.ToModel(network, [])));
        var x = randn([3, 2, 8, 8], generator: new Generator(4));
        Near.Equal(oracle.Run(x), network.call(x), Near.Single);
    }

    [Theory]
    [InlineData("lenet5", new long[] { 1, 28, 28 })]
    [InlineData("conv2", new long[] { 3, 32, 32 })]
    [InlineData("resnet20", new long[] { 3, 32, 32 })]
    public void Reference_networks_are_exported_and_come_back_under_their_names(string name, long[] shape)
    {
        using var scope = NewDisposeScope();
        using var network = ModelCatalog.Build(name, shape, 10, null, 1);
        network.eval();
        var x = randn([2, .. shape], generator: new Generator(6));
        byte[] bytes = OnnxWriter.ToBytes(OnnxExporter.ToModel(network, shape));
        using var oracle = new OnnxOracle(bytes);
        Near.Equal(oracle.Run(x), network.call(x), Near.Single);

        using var again = OnnxImporter.Import(OnnxReader.Parse("memory", bytes));
        Near.Equal(network.call(x), again.call(x), Near.Single);
        Assert.Equal(network.named_parameters().Select(entry => entry.name).Order(), again.named_parameters().Select(entry => entry.name).Order());
    }

    [Fact]
    public void Weights_may_lie_in_another_file_but_not_above_the_model()
    {
        string folder = Directory.CreateTempSubdirectory("golgi-").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "w.bin"), [.. new byte[4], .. BitConverter.GetBytes(2.5f)]);
            OnnxTensor At(string location, long offset) => new()
            {
                Name = "w",
                ElementType = 1,
                Shape = [1],
                Source = "m",
                External = new OnnxExternal(folder, location, offset, 4),
            };
            using var value = At("w.bin", 4).ToTensor();
            Assert.Equal(2.5f, value.item<float>());
            Assert.Throws<InvalidDataException>(() => At("../w.bin", 4).ToTensor());
            Assert.Throws<InvalidDataException>(() => At("w.bin", 8).ToTensor());
            Assert.Throws<InvalidDataException>(() => At("none.bin", 0).ToTensor());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static readonly string[] Names = ["a.conv.weight", "a.conv.bias", "a.bn.weight", "a.bn.bias", "fc.weight", "logits.bias"];
}

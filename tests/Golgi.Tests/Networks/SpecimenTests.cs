using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Data;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Interchange.Onnx;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Opening;
using Golgi.Runs;
using Golgi.Tensors;
using Golgi.Tests.Data;
using Golgi.Tests.Interchange;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks;

public sealed class SpecimenTests
{
    [Fact]
    public void A_layer_is_found_by_its_name_and_a_wrong_name_is_told_with_the_nearest()
    {
        using var specimen = new Specimen(
            "test", ModelCatalog.Build("lenet5", [1, 28, 28], 10, null, 1), [1, 28, 28], Preprocessing.UnitRange, []);
        Assert.IsType<TorchSharp.Modules.Conv2d>(specimen.Layer("conv2"));
        Assert.Contains("conv1", specimen.LayerNames);
        Assert.Contains("conv1, conv2", Assert.Throws<ArgumentException>(() => specimen.Layer("conv3")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => specimen.Layer(""));
    }

    [Fact]
    public void Modules_that_only_hold_others_are_no_layers_and_disturb_nobody_who_looks_at_all_layers()
    {
        using var scope = NewDisposeScope();
        using var rng = new Generator(1);
        var network = OnnxImporter.Import(OnnxGraphs.Model([-1, 3, 8, 8], graph =>
        {
            string conv = graph.Node("Conv", "stage.0.conv", ["x", graph.Weight("stage.0.conv.weight", randn([4, 3, 3, 3], generator: rng))]);
            string flat = graph.Node("Flatten", "flat", [graph.Node("GlobalAveragePool", "pool", [conv])]);
            graph.Node("Gemm", "head.fc", [flat, graph.Weight("head.fc.weight", randn([4, 2], generator: rng))]);
        }));
        using var specimen = new Specimen("levels", network, [3, 8, 8], Preprocessing.UnitRange, []);
        Assert.Contains(network.named_modules(), entry => entry.name == "stage" && entry.module is OnnxScope);
        Assert.Equal(["flat", "head.fc", "pool", "stage.0.conv"], specimen.LayerNames.Order());
        Assert.Equal("flat", CodeLayers.BeforeLogits(specimen));
        Assert.Empty(LogitSource.Find(specimen).Layers);
        using var pictures = FeatureVisualization.Run(specimen, Target.Classes(1), new VisualizationOptions { Steps = 2 });
        Assert.Equal(AscentOutcome.Finished, pictures.Outcome);
    }

    [Fact]
    public void An_architecture_with_weights_opens_without_data_in_the_size_of_its_source()
    {
        using var folder = new Scratch();
        using var network = ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, null, 7);
        string file = folder["weights.safetensors"];
        SafeTensors.Write(file, Checkpoint.StateOf(network));

        using var specimen = SpecimenSource.Open($"lenet-300-100+{file}@mnist-caffe");
        Assert.Equal([1, 28, 28], specimen.InputShape);
        Assert.Equal(1.0 / 256, specimen.Preprocessing.Scale);
        Assert.False(specimen.Network.training);
        Near.Exact(network.get_parameter("fc3.weight")!, specimen.Network.get_parameter("fc3.weight")!);
    }

    [Fact]
    public void Weights_that_are_not_there_or_of_another_network_are_told()
    {
        using var folder = new Scratch();
        using var network = ModelCatalog.Build("softmax", [1, 28, 28], 10, null, 7);
        string file = folder["weights.safetensors"];
        SafeTensors.Write(file, Checkpoint.StateOf(network));
        Assert.Throws<FileNotFoundException>(() => SpecimenSource.Open($"softmax+{file}x"));
        var error = Assert.Throws<InvalidDataException>(() => SpecimenSource.Open($"lenet5+{file}"));
        Assert.Contains("conv1.weight", error.Message, StringComparison.Ordinal);
    }
}

using Golgi.Data;
using Golgi.Interchange.Onnx;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Opening;
using Golgi.Runs;
using Golgi.Tests.Data;
using Golgi.Tests.Instruments.Dimension;
using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Opening;

/// <summary>Which networks can be trained from a fresh start, and how they are told apart.</summary>
[Collection(TorchState.Name)]
public sealed class TrainablesTests : IDisposable
{
    private readonly DataSet data = TinyTask.Open();
    private readonly Scratch scratch = new();

    public void Dispose()
    {
        scratch.Dispose();
        data.Dispose();
    }

    [Fact]
    public void A_file_of_a_catalog_network_starts_at_the_catalogs_first_weights()
    {
        string file = Exported("net.onnx", ModelCatalog.Build("fc-64-30-20-10", [1, 8, 8], 10, null, seed: 99));
        using var imported = Trainables.Of(file, data, initialization: "kaiming-normal").Build(4);
        using var built = ModelCatalog.Build("fc-64-30-20-10", [1, 8, 8], 10, "kaiming-normal", 4);
        Assert.Equal(
            built.parameters().Select(Numbers), imported.parameters().Select(Numbers));
    }

    [Fact]
    public void Running_statistics_of_a_file_start_again()
    {
        var network = nn.Sequential(("conv", nn.Conv2d(1, 2, 3)), ("bn", nn.BatchNorm2d(2)), ("flat", nn.Flatten()), ("fc", nn.Linear(72, 10)));
        network.train();
        using (NewDisposeScope()) network.call(data.Train.Read(arange(50)));
        using var fresh = Trainables.Of(Exported("bn.onnx", network), data).Build(0);
        var buffers = fresh.named_buffers().Where(entry => entry.buffer.is_floating_point())
            .ToDictionary(entry => entry.name[(entry.name.LastIndexOf('.') + 1)..], entry => Numbers(entry.buffer));
        Assert.Equal([0, 0], buffers["running_mean"]);
        Assert.Equal([1, 1], buffers["running_var"]);
    }

    [Fact]
    public void The_identity_is_another_one_for_another_network_initialization_data_set_task_or_file()
    {
        string first = Exported("net.onnx", Perceptron(20)), second = Exported("other.onnx", Perceptron(21));
        File.Copy(first, scratch["copy.onnx"]);
        using var others = data with { Identity = "other", Owned = [] };
        string[] identities =
        [
            Of("fc-64-20-10").Identity, Of("fc-64-21-10").Identity, Of("fc-64-20-10", initialization: "orthogonal").Identity,
            Of("fc-64-20-10", others).Identity, Of("fc-64-20-10", options: new() { Batch = 7 }).Identity,
            Of("fc-64-20-10", options: new() { Task = new ClassProbabilities() }).Identity, Of(first).Identity, Of(second).Identity,
            Trainables.Of("a", data, () => Perceptron(20)).Identity, Trainables.Of("b", data, () => Perceptron(20)).Identity,
            Trainables.Of("a", data, () => Perceptron(21)).Identity,
        ];
        Assert.Equal(identities.Length, identities.Distinct().Count());
        Assert.Equal(Of(first).Identity, Of(scratch["copy.onnx"]).Identity);
        Assert.Equal("copy.onnx", Of(scratch["copy.onnx"]).Name);

        SupervisedTrainable Of(string network, DataSet? on = null, SupervisedOptions? options = null, string? initialization = null) =>
            Trainables.Of(network, on ?? data, options, initialization);
    }

    [Fact]
    public void A_network_that_ends_in_a_softmax_learns_by_its_probabilities()
    {
        string file = Exported("softmax.onnx", nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(64, 10)), ("prob", nn.Softmax(1))));
        Assert.IsType<ClassProbabilities>(Trainables.Of(file, data).Task);
        Assert.IsType<Classification>(Trainables.Of(Exported("plain.onnx", Perceptron(5)), data).Task);
    }

    [Fact]
    public void What_cannot_be_trained_is_refused_by_name()
    {
        Refused("weightless", () => Trainables.Of("weightless", data, () => nn.Sequential(("flat", nn.Flatten()))));
        Refused("must be [2, 10]", () => Trainables.Of("short", data, () => nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(64, 9)))));
        Refused("must be [2, 10]", () => Trainables.Of(Exported("nine.onnx", nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(64, 9)))), data));
        Refused("does not take the inputs of tiny", () =>
            Trainables.Of("wide", data, () => nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(65, 10)))));
        Refused("fc-64-20-10", () => Trainables.Of("fc-65-20-10", data).Build(0));
        Refused("lenet5", () => Trainables.Of("lenet", data));
        Refused("fresh ones", () => Trainables.Of("fc-64-20-10+weights.safetensors", data));
        Refused("holds no network", () => Trainables.Of(scratch.Write("notes.txt", [1]), data));
        Refused("PRelu", () => Trainables.Of(WithSlopes(), data));
        Assert.Throws<FileNotFoundException>(() => Trainables.Of(scratch["nowhere.onnx"], data));
        using var one = Perceptron(20);
        Refused("given twice", () => Trainables.Of("same", data, () => one));
        Refused("follow from the seed", () => Trainables.Of("random", data, () =>
        {
            var network = Perceptron(20);
            Initialization.Apply(network, "kaiming-normal", Environment.TickCount64 + Guid.NewGuid().GetHashCode());
            return network;
        }));
    }

    [Fact]
    public void The_seed_reaches_a_users_factory_and_torchs_generator_is_put_back()
    {
        var seeds = new List<long>();
        var trainable = Trainables.Of("mine", data, seed =>
        {
            seeds.Add(seed);
            return Perceptron(20);
        });
        using var before = TorchSharp.torch.random.get_rng_state();
        using var network = trainable.Build(17);
        using var after = TorchSharp.torch.random.get_rng_state();
        using var expected = Seeds.Build(17, () => Perceptron(20));
        Assert.Equal(17, seeds[^1]);
        Assert.Equal(Checkpoint.DigestOf(expected), Checkpoint.DigestOf(network));
        Assert.Equal(before.bytes.ToArray(), after.bytes.ToArray());
    }

    private static nn.Module<Tensor, Tensor> Perceptron(int width) =>
        nn.Sequential(("flat", nn.Flatten()), ("fc1", nn.Linear(64, width)), ("act", nn.ReLU()), ("fc2", nn.Linear(width, 10)));

    private static float[] Numbers(Tensor values) => values.detach().contiguous().data<float>().ToArray();

    private static void Refused(string expected, Action act) =>
        Assert.Contains(expected, Assert.ThrowsAny<ArgumentException>(act).Message, StringComparison.Ordinal);

    /// <summary>A linear layer and slopes that are learned, which no exporter of ours writes.</summary>
    private string WithSlopes()
    {
        using var network = nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(64, 10)), ("act", nn.ReLU()));
        var model = OnnxExporter.ToModel(network, [1, 8, 8]);
        var node = model.Graph.Nodes.Single(node => node.Operator == "Relu");
        using var slopes = ones(10);
        model.Graph.Initializers.Add(OnnxTensor.From("slopes", slopes));
        node.Operator = "PRelu";
        node.Inputs.Add("slopes");
        OnnxWriter.Write(scratch["slopes.onnx"], model);
        return scratch["slopes.onnx"];
    }

    private string Exported(string name, nn.Module<Tensor, Tensor> network)
    {
        using (network) OnnxExporter.Export(scratch[name], network, [1, 8, 8]);
        return scratch[name];
    }
}

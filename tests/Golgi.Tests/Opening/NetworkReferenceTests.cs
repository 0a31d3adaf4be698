using Golgi.Opening;
using Xunit;

namespace Golgi.Tests.Opening;

public sealed class NetworkReferenceTests
{
    [Theory]
    [InlineData("train-strokes", NetworkKind.Run, "train-strokes", null, null, null)]
    [InlineData("train-strokes#best", NetworkKind.Run, "train-strokes", null, "best", null)]
    [InlineData("train-strokes#best@pixels", NetworkKind.Run, "train-strokes", null, "best", "pixels")]
    [InlineData("nets/a.onnx", NetworkKind.File, "nets/a.onnx", null, null, null)]
    [InlineData("nets/a.onnx@imagenet-torch", NetworkKind.File, "nets/a.onnx", null, null, "imagenet-torch")]
    [InlineData("a.prototxt+b.caffemodel@pixels", NetworkKind.File, "a.prototxt+b.caffemodel", null, null, "pixels")]
    [InlineData("resnet20+w.pth", NetworkKind.Weights, "resnet20", "w.pth", null, null)]
    [InlineData("fc-784-20-10+w.npz@unit-range", NetworkKind.Weights, "fc-784-20-10", "w.npz", null, "unit-range")]
    [InlineData("lenet5", NetworkKind.Architecture, "lenet5", null, null, null)]
    [InlineData("lenet5@pixels", NetworkKind.Architecture, "lenet5", null, null, "pixels")]
    public void Each_form_is_read(string text, NetworkKind kind, string name, string? weights, string? checkpoint, string? preparation)
    {
        var reference = NetworkReference.Parse(text);

        Assert.Equal(
            new NetworkReference(kind, name) { Weights = weights, Checkpoint = checkpoint, Preparation = preparation }, reference);
    }

    [Fact]
    public void A_layer_follows_a_colon()
    {
        var reference = NetworkReference.ParseLayer("train-strokes#best:layer1.relu");

        Assert.Equal(("train-strokes", "best", "layer1.relu"), (reference.Name, reference.Checkpoint, reference.Layer));
    }

    [Fact]
    public void A_file_whose_name_has_a_mark_is_that_file()
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("golgi-").FullName, "a@b#c.onnx");
        File.WriteAllText(path, "");

        Assert.Equal((NetworkKind.File, path), (NetworkReference.Parse(path).Kind, NetworkReference.Parse(path).Name));
    }

    [Theory]
    [InlineData("a.onnx#best", "only runs have checkpoints")]
    [InlineData("lenet5#best", "only runs have checkpoints")]
    [InlineData("a.onnx@", "no preparation follows")]
    [InlineData("train-strokes#", "no checkpoint follows")]
    public void What_makes_no_sense_is_refused_with_the_reason(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => NetworkReference.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_layer_that_is_not_named_is_asked_for() =>
        Assert.Contains("NETWORK:LAYER", Assert.Throws<ArgumentException>(() => NetworkReference.ParseLayer("a.onnx")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void The_same_thing_is_not_said_twice()
    {
        var checkpoint = Assert.Throws<ArgumentException>(() => SpecimenSource.Open("train#best", new SpecimenOptions { Checkpoint = "final" }));
        var preparation = Assert.Throws<ArgumentException>(
            () => SpecimenSource.Open("lenet5@pixels", new SpecimenOptions { Preprocessing = Golgi.Data.Preprocessing.UnitRange }));

        Assert.Contains("twice", checkpoint.Message, StringComparison.Ordinal);
        Assert.Contains("twice", preparation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_alone_is_opened_untrained_with_weights_from_the_seed()
    {
        using var first = SpecimenSource.Open("softmax", new SpecimenOptions { Seed = 3 });
        using var again = SpecimenSource.Open("softmax", new SpecimenOptions { Seed = 3 });
        using var other = SpecimenSource.Open("softmax", new SpecimenOptions { Seed = 4 });

        Assert.Equal(Golgi.Runs.Checkpoint.DigestOf(first.Network), Golgi.Runs.Checkpoint.DigestOf(again.Network));
        Assert.NotEqual(Golgi.Runs.Checkpoint.DigestOf(first.Network), Golgi.Runs.Checkpoint.DigestOf(other.Network));
    }
}

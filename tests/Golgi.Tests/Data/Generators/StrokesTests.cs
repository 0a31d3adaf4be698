using System.Security.Cryptography;
using Golgi.Data;
using Golgi.Data.Generators;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data.Generators;

public sealed class StrokesTests
{
    // The bytes of this machine; that they are those of every machine is what the digest is for.
    [Fact]
    public void A_thousand_digits_have_the_bytes_that_they_always_had()
    {
        using var digits = Strokes.Draw(1000, seed: 0, part: 0);
        byte[] content = [.. digits.Inputs.bytes, .. digits.Labels.data<long>().Select(label => (byte)label)];
        Assert.Equal(Strokes.FirstThousandSha256, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    [Fact]
    public void The_first_digits_do_not_depend_on_how_many_are_drawn()
    {
        using var few = Strokes.Draw(300, 5, 0);
        using var many = Strokes.Draw(700, 5, 0);
        Assert.Equal(few.Inputs.bytes.ToArray(), many.Inputs.bytes[..(300 * 784)].ToArray());
    }

    [Fact]
    public void Another_seed_or_part_gives_other_digits()
    {
        using var digits = Strokes.Draw(100, 0, 0);
        using var part = Strokes.Draw(100, 0, 1);
        using var seed = Strokes.Draw(100, 1, 0);
        var all = new[] { digits, part, seed }.SelectMany(set => Enumerable.Range(0, 100)
            .Select(i => Convert.ToHexString(set.Inputs.bytes.Slice(i * 784, 784))));
        Assert.Equal(300, all.Distinct().Count());
    }

    [Fact]
    public void Every_class_is_about_as_frequent_as_every_other()
    {
        using var digits = Strokes.Draw(5000, 3, 0);
        using var counts = digits.Labels.bincount(null, 10);

        // Chi-square with 9 degrees of freedom: 27.9 is passed by one in a thousand.
        Assert.InRange(counts.data<long>().Sum(count => (count - 500.0) * (count - 500.0) / 500), 0, 27.9);
    }

    [Fact]
    public void The_catalog_opens_any_number_with_a_sixth_each_for_validation_and_test()
    {
        using var data = DataCatalog.Open("strokes:600");
        Assert.Equal((600, 100, 100), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([1, 28, 28], data.InputShape);
        using var limited = DataCatalog.Open("strokes:600", new DataOptions { TrainLimit = 50, ValidationCount = 0, TestLimit = 7 });
        Assert.Equal((50, 0, 7), (limited.Train.Count, limited.Validation.Count, limited.Test.Count));
        Assert.NotEqual(data.Identity, limited.Identity);
    }

    [Theory]
    [InlineData("strokes:")]
    [InlineData("strokes:0")]
    [InlineData("strokes:-5")]
    [InlineData("strokes:many")]
    [InlineData("strokes:99999999999")]
    public void A_nonsense_number_is_refused(string name) =>
        Assert.Contains("whole number", Assert.Throws<ArgumentException>(() => DataCatalog.Open(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_linear_classifier_learns_the_digits_but_not_all_of_them()
    {
        using var scope = NewDisposeScope();
        using var data = DataCatalog.Open("strokes:3000");
        var inputs = data.Preprocessing.Apply(((TensorExamples)data.Train).Inputs).flatten(1);
        var test = data.Preprocessing.Apply(((TensorExamples)data.Test).Inputs).flatten(1);

        // Softmax regression by Nesterov's gradient method on the whole set.
        var w = zeros(784, 10, requires_grad: true);
        var ahead = w.clone().detach();
        for (int step = 0; step < 50; step++)
        {
            using var inner = NewDisposeScope();
            var at = ahead.detach().requires_grad_();
            var loss = nn.functional.cross_entropy(inputs.mm(at), data.Train.Labels);
            var next = (at - (0.1 * autograd.grad([loss], [at])[0])).detach();
            ahead = (next + (0.9 * (next - w))).detach().MoveToOuterDisposeScope();
            w = next.MoveToOuterDisposeScope();
        }

        double accuracy = test.mm(w).argmax(1).eq(data.Test.Labels).to(ScalarType.Float32).mean().item<float>();
        Assert.InRange(accuracy, 0.70, 0.92);
    }
}

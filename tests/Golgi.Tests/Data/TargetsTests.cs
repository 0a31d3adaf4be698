using Golgi.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data;

[Collection(TorchState.Name)]
public sealed class TargetsTests
{
    [Fact]
    public void A_column_of_numbers_with_fractions_is_learned_as_numbers()
    {
        using var scratch = new Scratch();
        File.WriteAllLines(scratch["table.csv"], ["size,price", .. Enumerable.Range(0, 40).Select(i => $"{i},{i}.5")]);
        using var data = DataCatalog.Open($"csv:{scratch["table.csv"]}#price");
        Assert.Equal((OutputKind.Values, 1), (data.Outputs, data.OutputCount));
        Assert.Equal(["price"], data.ClassNames);
        using var indices = arange(data.Train.Count);
        using var prices = data.Train.Targets.Read(indices);
        Assert.Equal([data.Train.Count, 1], prices.shape);
        Assert.All(prices.data<float>().ToArray(), price => Assert.Equal(0.5, price % 1));
        var error = Assert.Throws<InvalidOperationException>(() => data.Train.Labels);
        Assert.Contains("Values of shape [1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_stay_classes_until_there_are_too_many()
    {
        using var scratch = new Scratch();
        File.WriteAllLines(scratch["few.csv"], ["size,kind", .. Enumerable.Range(0, 40).Select(i => $"{i},{i % 3}")]);
        File.WriteAllLines(scratch["many.csv"], ["size,kind", .. Enumerable.Range(0, 1500).Select(i => $"{i % 7},{i}")]);
        using var few = DataCatalog.Open($"csv:{scratch["few.csv"]}");
        using var many = DataCatalog.Open($"csv:{scratch["many.csv"]}");
        Assert.Equal((OutputKind.Classes, OutputKind.Values), (few.Outputs, many.Outputs));
        Assert.Equal(["0", "1", "2"], few.ClassNames);
    }

    [Fact]
    public void Pictures_are_their_own_targets_in_zero_to_one()
    {
        using var scope = NewDisposeScope();
        using var data = Autoencoding.Of(DataCatalog.Open("strokes:60", new DataOptions { ValidationCount = 10, TestLimit = 10 }));
        Assert.Equal((OutputKind.Picture, 784), (data.Outputs, data.OutputCount));
        var some = tensor([3L, 0, 7]);
        Near.Exact(data.Train.Read(some).to(ScalarType.Float32) / 255, data.Train.Targets.Read(some));
        using var subset = new ExamplesSubset(data.Train, some.clone());
        Near.Exact(data.Train.Targets.Read(tensor([7L])), subset.Targets.Read(tensor([2L])));
        using var table = new TensorExamples(zeros(4, 3), zeros(4, ScalarType.Int64));
        using var rows = new DataSet("rows", table, table, table, ["a"], Preprocessing.None, "");
        Assert.Throws<ArgumentException>(() => Autoencoding.Of(rows));
    }

    [Fact]
    public void Targets_of_another_number_or_type_than_the_inputs_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new TensorExamples(zeros(4, 3), zeros(3, ScalarType.Int64)));
        Assert.Throws<ArgumentException>(() => new TensorExamples(zeros(4, 3), zeros(4, ScalarType.Float64)));
        Assert.Throws<ArgumentException>(() => new TensorExamples(zeros(4, 3), zeros(4)));
    }
}

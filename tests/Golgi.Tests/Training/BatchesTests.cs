using Golgi.Data;
using Golgi.Tests.Support;
using Golgi.Training;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

public sealed class BatchesTests
{
    [Fact]
    public void An_epoch_shows_each_example_once_and_the_next_in_another_order()
    {
        using var examples = Numbered(12);
        using var batches = new Batches(examples, Preprocessing.None, 4, seed: 1);
        long[] first = [.. Enumerable.Range(0, 3).SelectMany(step => Labels(batches, step))];
        long[] second = [.. Enumerable.Range(3, 3).SelectMany(step => Labels(batches, step))];
        Assert.Equal(Enumerable.Range(0, 12).Select(i => (long)i), first.Order());
        Assert.Equal(first.Order(), second.Order());
        Assert.NotEqual(first, second);
    }

    [Fact]
    public void The_batch_of_a_step_depends_on_seed_and_step_alone()
    {
        using var examples = Numbered(50);
        using var forward = new Batches(examples, Preprocessing.None, 8, seed: 3);
        using var jumping = new Batches(examples, Preprocessing.None, 8, seed: 3);
        using var other = new Batches(examples, Preprocessing.None, 8, seed: 4);
        long[][] seen = [.. Enumerable.Range(0, 20).Select(step => Labels(forward, step))];
        Assert.Equal(seen[17], Labels(jumping, 17));
        Assert.Equal(seen[2], Labels(jumping, 2));
        Assert.NotEqual(seen[17], Labels(other, 17));
    }

    [Fact]
    public void Inputs_are_prepared_and_stay_with_their_labels()
    {
        using var examples = Numbered(10);
        using var batches = new Batches(examples, new Preprocessing { Scale = 0.5, Mean = [1], Std = [2] }, 5, seed: 1);
        var (inputs, labels) = batches.Read(0);
        using var expected = labels.to(ScalarType.Float32).mul(0.5).sub(1).div(2).reshape(5, 1);
        Near.Equal(expected, inputs, Near.Single);
        inputs.Dispose();
        labels.Dispose();
    }

    [Fact]
    public void A_batch_larger_than_the_set_is_refused()
    {
        using var examples = Numbered(10);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Batches(examples, Preprocessing.None, 11, seed: 1));
        Assert.Contains("between 1 and 10", error.Message, StringComparison.Ordinal);
    }

    private static TensorExamples Numbered(int count) =>
        new(arange(count).to(ScalarType.Float32).reshape(count, 1), arange(count));

    private static long[] Labels(Batches batches, long step)
    {
        var (inputs, labels) = batches.Read(step);
        using (inputs)
        using (labels)
        {
            return labels.data<long>().ToArray();
        }
    }
}

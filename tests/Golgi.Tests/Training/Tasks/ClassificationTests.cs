using Golgi.Tests.Contracts;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Tasks;

public sealed class ClassificationTests : LearningTaskContract
{
    protected override LearningTask Create() => new Classification();

    protected override Tensor Outputs(Tensor numbers) => numbers;

    protected override Tensor Targets(Tensor numbers) => numbers.argmax(1);

    [Fact]
    public void Shares_and_loss_are_those_counted_by_hand()
    {
        using var scope = NewDisposeScope();
        var task = new Classification();
        float[,] logits =
        {
            { 5, 4, 3, 2, 1, 0 },  // first
            { 5, 4, 3, 2, 1, 0 },  // fifth: among five
            { 5, 4, 3, 2, 1, 0 },  // last: not among five
            { 0, 0, 0, 0, 0, 9 },  // first
        };
        long[] labels = [0, 4, 5, 5];
        double[] sums = task.Tally(tensor(logits), tensor(labels)).data<double>().ToArray();
        var found = task.Evaluation(4, task.Values(sums, 4));
        Assert.Equal((0.5, 0.75), (found["accuracy"], found["top5"]));
        Assert.Equal(0.5, found.Primary);
        Assert.Equal(2, found.Share.Successes);
        double falling = Math.Log(Enumerable.Range(0, 6).Sum(i => Math.Exp(i)));
        double expected = ((falling - 5) + (falling - 1) + falling + (Math.Log(Math.Exp(9) + 5) - 9)) / 4;
        Assert.Equal(expected, found.Loss, 1e-12);
    }

    [Fact]
    public void With_five_classes_or_fewer_all_are_among_the_first_five()
    {
        using var scope = NewDisposeScope();
        double[] sums = new Classification().Tally(tensor(new float[,] { { 1, 2, 3 } }), tensor([0L])).data<double>().ToArray();
        Assert.Equal((0, 1), (sums[0], sums[1]));
    }
}

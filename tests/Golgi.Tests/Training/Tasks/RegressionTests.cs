using Golgi.Tests.Contracts;
using Golgi.Training;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Tasks;

public sealed class RegressionTests : LearningTaskContract
{
    protected override LearningTask Create() => new Regression();

    protected override Tensor Outputs(Tensor numbers) => numbers[.., ..2];

    protected override Tensor Targets(Tensor numbers) => numbers[.., ..2].mul(2).add(3);

    [Fact]
    public void Errors_and_explained_variation_are_those_computed_by_hand()
    {
        using var scope = NewDisposeScope();
        // Values 1, 2, 3 and 10, 10, 40; means 2 and 20; variation 2 + 600. Errors: 1 + 0 + 0 and 0 + 4 + 0, over six numbers.
        var found = Measure(new float[,] { { 2, 10 }, { 2, 12 }, { 3, 40 } }, new float[,] { { 1, 10 }, { 2, 10 }, { 3, 40 } });
        Assert.Equal(5.0 / 6, found["mse"], 1e-12);
        Assert.Equal(Math.Sqrt(5.0 / 6), found["rmse"], 1e-12);
        Assert.Equal(1 - (5.0 / 602), found["r2"], 1e-12);
        Assert.Equal(found["mse"], found.Loss);
        Assert.Equal(Direction.LessIsBetter, found.PrimaryMetric.Direction);
    }

    [Fact]
    public void Nothing_is_explained_where_nothing_varies()
    {
        using var scope = NewDisposeScope();
        Assert.True(double.IsNaN(Measure(new float[,] { { 2 }, { 3 } }, new float[,] { { 1 }, { 1 } })["r2"]));
    }

    [Fact]
    public void Outputs_of_another_shape_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => new Regression().Loss(zeros(3), zeros(3, 1)));
        Assert.Throws<ArgumentException>(() => new Regression().Tally(zeros(3, 2), zeros(3, 1)));
    }

    private static Evaluation Measure(float[,] outputs, float[,] targets)
    {
        var task = new Regression();
        long count = targets.GetLength(0);
        return task.Evaluation(count, task.Values(task.Tally(tensor(outputs), tensor(targets)).data<double>().ToArray(), count));
    }
}

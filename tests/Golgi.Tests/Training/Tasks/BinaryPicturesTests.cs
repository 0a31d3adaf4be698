using Golgi.Tests.Contracts;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Tasks;

public sealed class BinaryPicturesTests : LearningTaskContract
{
    protected override LearningTask Create() => new Pictures(PictureLoss.CrossEntropy);

    protected override Tensor Outputs(Tensor numbers) => numbers.sigmoid();

    protected override Tensor Targets(Tensor numbers) => numbers.sigmoid().reshape(-1, 3, 2, 2);

    [Fact]
    public void The_loss_is_the_cross_entropy_of_pixels_and_the_metric_stays_the_squared_error()
    {
        using var scope = NewDisposeScope();
        var task = new Pictures(PictureLoss.CrossEntropy);
        double[] sums = task.Tally(full([1, 4], 0.25f), ones(1, 1, 2, 2)).data<double>().ToArray();
        var found = task.Evaluation(1, task.Values(sums, 1));
        Assert.Equal(Math.Log(4), found.Loss, 1e-7);
        Assert.Equal(0.5625, found["mse"], 1e-7);
    }
}

using Golgi.Tests.Contracts;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Tasks;

public sealed class SquaredPicturesTests : LearningTaskContract
{
    protected override LearningTask Create() => new Pictures();

    protected override Tensor Outputs(Tensor numbers) => numbers.sigmoid().reshape(-1, 3, 2, 2);

    protected override Tensor Targets(Tensor numbers) => numbers.sigmoid().reshape(-1, 3, 2, 2);

    [Fact]
    public void The_signal_to_noise_ratio_is_in_decibels_of_the_squared_error()
    {
        using var scope = NewDisposeScope();
        var task = new Pictures();
        double[] sums = task.Tally(full([2, 4], 0.6f), full([2, 1, 2, 2], 0.5f)).data<double>().ToArray();
        var found = task.Evaluation(2, task.Values(sums, 2));
        Assert.Equal(0.01, found["mse"], 1e-8);
        Assert.Equal(20, found["psnr"], 1e-4);
    }
}

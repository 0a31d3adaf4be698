using Golgi.Tests.Contracts;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training.Tasks;

public sealed class ClassProbabilitiesTests : LearningTaskContract
{
    protected override LearningTask Create() => new ClassProbabilities();

    protected override Tensor Outputs(Tensor numbers) => numbers.softmax(1);

    protected override Tensor Targets(Tensor numbers) => numbers.argmax(1);

    [Fact]
    public void It_measures_as_classification_does_before_the_softmax()
    {
        using var scope = NewDisposeScope();
        var scores = randn(9, 4, generator: new Generator(1)).to(ScalarType.Float64);
        var labels = arange(9).remainder(4);
        double expected = new Classification().Loss(scores, labels).item<double>();
        Assert.Equal(expected, new ClassProbabilities().Loss(scores.softmax(1), labels).item<double>(), 1e-12);
        Assert.Equal(
            new Classification().Tally(scores, labels).data<double>().ToArray()[..2],
            new ClassProbabilities().Tally(scores.softmax(1), labels).data<double>().ToArray()[..2]);
        Assert.True(ClassProbabilities.Fit(scores.softmax(1)));
        Assert.False(ClassProbabilities.Fit(scores));
        Assert.False(ClassProbabilities.Fit(scores.abs()));
    }

    [Fact]
    public void A_probability_that_was_rounded_to_zero_costs_a_finite_number()
    {
        using var scope = NewDisposeScope();
        double loss = new ClassProbabilities().Loss(tensor(new[,] { { 1f, 0f } }), tensor([1L])).item<float>();
        Assert.InRange(loss, 27, 28);
    }
}

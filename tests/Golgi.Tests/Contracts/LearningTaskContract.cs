using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every learning task must satisfy. A new task derives from this and says how it is made.</summary>
[Collection(TorchState.Name)]
public abstract class LearningTaskContract
{
    private const int Count = 23;

    /// <summary>The task.</summary>
    protected abstract LearningTask Create();

    /// <summary>Outputs of a network that could learn it, float32 [n, ...], made of standard normal numbers [n, 12].</summary>
    protected abstract Tensor Outputs(Tensor numbers);

    /// <summary>Targets for as many, made of other standard normal numbers [n, 12].</summary>
    protected abstract Tensor Targets(Tensor numbers);

    [Fact]
    public void The_loss_is_the_mean_over_examples_and_equals_the_measured_one()
    {
        using var scope = NewDisposeScope();
        var (task, outputs, targets) = Case();
        double loss = task.Loss(outputs, targets).item<float>();
        Assert.Equal(loss, Measure(task, outputs, targets)["loss"], 1e-5 * Math.Abs(loss));
    }

    [Fact]
    public void Metrics_do_not_depend_on_how_examples_are_divided_into_batches()
    {
        using var scope = NewDisposeScope();
        var (task, outputs, targets) = Case();
        var whole = Measure(task, outputs, targets);
        double[] sums = new double[task.Tally(outputs, targets).shape[0]];
        foreach (var (start, length) in ((long, long)[])[(0, 5), (5, 1), (6, Count - 6)])
        {
            double[] part = task.Tally(outputs.narrow(0, start, length), targets.narrow(0, start, length)).data<double>().ToArray();
            for (int i = 0; i < sums.Length; i++) sums[i] += part[i];
        }

        var divided = task.Evaluation(Count, task.Values(sums, Count));
        foreach (var (name, value) in whole.Values) Assert.Equal(value, divided[name], 1e-9 * Math.Max(1, Math.Abs(value)));
    }

    [Fact]
    public void Metrics_do_not_depend_on_the_order_of_examples()
    {
        using var scope = NewDisposeScope();
        var (task, outputs, targets) = Case();
        var order = arange(Count).flip(0);
        var (whole, turned) = (Measure(task, outputs, targets), Measure(task, outputs.index_select(0, order), targets.index_select(0, order)));
        foreach (var (name, value) in whole.Values) Assert.Equal(value, turned[name], 1e-9 * Math.Max(1, Math.Abs(value)));
    }

    [Fact]
    public void Going_down_the_loss_improves_the_primary_metric()
    {
        using var scope = NewDisposeScope();
        var (task, _, targets) = Case();
        using var generator = new Generator(9);
        var numbers = randn([Count, 12], generator: generator).requires_grad_();
        double first = Measure(task, Outputs(numbers), targets).Primary;
        for (int i = 0; i < 300; i++)
        {
            using var step = NewDisposeScope();
            task.Loss(Outputs(numbers), targets).backward();
            using var _ = no_grad();
            numbers.sub_(5 * numbers.grad!);
            numbers.grad!.zero_();
        }

        double last = Measure(task, Outputs(numbers), targets).Primary;
        Assert.True(task.Primary.IsBetter(last, first), $"{task.Primary.Name} went from {first} to {last}");
        Assert.False(task.Primary.IsBetter(first, last));
    }

    [Fact]
    public void An_evaluation_reads_back_as_it_was_written()
    {
        using var scope = NewDisposeScope();
        var (task, outputs, targets) = Case();
        var found = Measure(task, outputs, targets);
        Assert.Equal(found, JsonText.There_and_back(found));
        var diverged = task.Evaluation(4, [.. task.Metrics.Select(metric => metric.OfDiverged)]);
        Assert.Equal(diverged, JsonText.There_and_back(diverged));
        Assert.NotEqual(found, diverged);
    }

    private (LearningTask Task, Tensor Outputs, Tensor Targets) Case()
    {
        using var generator = new Generator(7);
        var outputs = Outputs(randn([Count, 12], generator: generator));
        return (Create(), outputs, Targets(randn([Count, 12], generator: generator)));
    }

    private static Evaluation Measure(LearningTask task, Tensor outputs, Tensor targets) =>
        task.Evaluation(Count, task.Values(task.Tally(outputs, targets).data<double>().ToArray(), Count));
}

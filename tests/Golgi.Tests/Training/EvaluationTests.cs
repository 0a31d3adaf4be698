using System.Text.Json;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Tests.Contracts;
using Golgi.Training;
using Golgi.Training.Tasks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

public sealed class EvaluationTests
{
    [Fact]
    public void Results_of_runs_before_there_were_tasks_are_read()
    {
        const string Old = """{"count":200,"correct":190,"loss":0.25,"top5":199,"accuracy":0.95,"top5_accuracy":0.995}""";
        var found = JsonSerializer.Deserialize<Evaluation>(Old, RunJson.Format)!;
        Assert.Equal((200, 0.95, 0.995, 0.25), (found.Count, found["accuracy"], found["top5"], found.Loss));
        Assert.Equal(190, found.Share.Successes);
    }

    [Fact]
    public void It_is_written_as_one_flat_object_with_shares()
    {
        using var json = JsonDocument.Parse(JsonText.Of(new Classification().Evaluation(200, [0.95, 0.995, 0.25])));
        var root = json.RootElement;
        Assert.Equal(0.95, root.GetProperty("accuracy").GetDouble());
        Assert.Equal(0.995, root.GetProperty("top5").GetDouble());
        Assert.Equal(0.25, root.GetProperty("loss").GetDouble());
        Assert.Equal(200, root.GetProperty("count").GetInt64());
        Assert.Equal("accuracy", root.GetProperty("primary").GetString());
    }

    [Fact]
    public void A_value_that_was_not_measured_is_refused_with_those_that_were()
    {
        var found = new Regression().Evaluation(3, [1, 1, 0.5, 1]);
        var error = Assert.Throws<ArgumentException>(() => found["accuracy"]);
        Assert.Contains("mse, rmse, r2, loss", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => found.Share);
        Assert.Throws<ArgumentException>(() => new Evaluation(3, Classification.Accuracy, [KeyValuePair.Create("loss", 1.0)]));
    }

    [Fact]
    public void A_task_refuses_examples_with_other_targets()
    {
        using var scope = NewDisposeScope();
        using var network = nn.Linear(2, 1);
        using var examples = new TensorExamples(zeros(3, 2), zeros(3, 1));
        var error = Assert.Throws<ArgumentException>(() => Evaluator.Evaluate(new Classification(), network, examples, Preprocessing.None));
        Assert.Contains("classification needs Classes", error.Message, StringComparison.Ordinal);
        Assert.Equal("mse", Evaluator.Evaluate(LearningTask.For(examples), network, examples, Preprocessing.None).PrimaryMetric.Name);
    }
}

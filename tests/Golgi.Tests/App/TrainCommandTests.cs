using System.Text.Json;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.App;

/// <summary>What <c>golgi train</c> and <c>golgi evaluate</c> hand on.</summary>
[Collection(TorchState.Name)]
public sealed class TrainCommandTests
{
    [Fact]
    public void Momentum_reaches_the_optimizer_and_the_configuration()
    {
        using var scratch = new Scratch();
        var (with, without) = (Train(scratch["runs"], "--momentum", "0.9"), Train(scratch["runs"], "--momentum", "0"));
        Assert.NotEqual(with.GetProperty("test").GetProperty("loss").GetDouble(), without.GetProperty("test").GetProperty("loss").GetDouble());
        string[] configurations = [.. Directory.GetFiles(scratch["runs"], "config.json", SearchOption.AllDirectories).Select(File.ReadAllText)];
        Assert.Equal(2, configurations.Length);
        Assert.Single(configurations, text => text.Contains("\"momentum\": 0.9", StringComparison.Ordinal));
        Assert.All(configurations, text => Assert.Contains("\"name\": \"sgd\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Each_part_of_the_data_is_evaluated_as_asked()
    {
        using var scratch = new Scratch();
        string run = Train(scratch["runs"]).GetProperty("run").GetString()!;
        var train = Evaluate(run, "train");
        var validation = Evaluate(run, "validation");
        var test = Evaluate(run, "test");
        Assert.Equal((200, 40), (train.GetProperty("count").GetInt64(), validation.GetProperty("count").GetInt64()));
        Assert.Equal(3, ((double[])[Loss(train), Loss(validation), Loss(test)]).Distinct().Count());
        Assert.InRange(train.GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.InRange(train.GetProperty("top5").GetDouble(), train.GetProperty("accuracy").GetDouble(), 1);

        static double Loss(JsonElement found) => found.GetProperty("loss").GetDouble();
    }

    private static JsonElement Train(string runs, params string[] more) => Read(Tool.Call(
    [
        "train", "--data", "strokes:200", "--model", "fc-784-10-10", "--steps", "20", "--batch", "20", "--optimizer", "sgd", "--lr", "0.01",
        "--validation", "40", "--schedule", "linear", "--out", runs, "--json", .. more,
    ]));

    private static JsonElement Evaluate(string run, string part) => Read(Tool.Call("evaluate", run, "--part", part, "--json"));

    private static JsonElement Read(ToolRun run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.Clone();
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Golgi.Training.Tasks;

namespace Golgi.Training;

/// <summary>Reads and writes evaluations as flat objects; reads those of runs before there were other tasks than classification, where
/// <c>correct</c> and <c>top5</c> were numbers of examples.</summary>
internal sealed class EvaluationConverter : JsonConverter<Evaluation>
{
    private const string Count = "count", Primary = "primary", Less = "less_is_better", Share = "share";

    public override Evaluation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var stored = JsonSerializer.Deserialize<JsonObject>(ref reader, options) ?? throw new JsonException("An evaluation is an object.");
        double Number(string name) => stored[name] is { } node ? node.Deserialize<double>(options) : throw new JsonException($"No '{name}'.");
        long count = (long)Number(Count);
        if (stored.ContainsKey("correct"))
        {
            return new Classification().Evaluation(count, [Number("correct") / count, Number("top5") / count, Number(Metric.Loss.Name)]);
        }

        string primary = (string?)stored[Primary] ?? throw new JsonException($"No '{Primary}'.");
        var known = (Metric[])[Classification.Accuracy, Classification.TopFive];
        var metric = known.FirstOrDefault(one => one.Name == primary) ?? new Metric(
            primary, stored.ContainsKey(Less) ? Direction.LessIsBetter : Direction.MoreIsBetter)
        {
            IsShare = stored.ContainsKey(Share),
        };
        string[] own = [Count, Primary, Less, Share];
        return new Evaluation(
            count, metric, [.. stored.Where(entry => !own.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, Number(entry.Key)))]);
    }

    public override void Write(Utf8JsonWriter writer, Evaluation value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber(Count, value.Count);
        writer.WriteString(Primary, value.PrimaryMetric.Name);
        if (value.PrimaryMetric.Direction == Direction.LessIsBetter) writer.WriteBoolean(Less, true);
        if (value.PrimaryMetric.IsShare) writer.WriteBoolean(Share, true);
        foreach (var (name, number) in value.Values)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, number, options);
        }

        writer.WriteEndObject();
    }
}

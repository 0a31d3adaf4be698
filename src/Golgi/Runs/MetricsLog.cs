using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using TorchSharp;
using TorchSharp.Modules;

namespace Golgi.Runs;

/// <summary>A run's measurements: <c>metrics.jsonl</c>, one JSON object a line, and the same as TensorBoard events.</summary>
/// <remarks>After <see cref="TrimAfter"/> the event file is made anew from the lines that are left, so that the two always agree.</remarks>
/// <param name="folder">The run's folder.</param>
internal sealed class MetricsLog(string folder) : IDisposable
{
    private readonly string path = Path.Combine(folder, "metrics.jsonl");
    private readonly string events = Path.Combine(folder, "tensorboard");
    private SummaryWriter? writer;

    public IReadOnlyList<MetricsRow> Rows => File.Exists(path) ? [.. File.ReadLines(path).Select(Parse).OfType<MetricsRow>()] : [];

    public void Append(MetricsRow row)
    {
        using (var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read))
        using (var text = new StreamWriter(file))
        {
            text.WriteLine(Line(row));
        }

        WriteEvents(row);
    }

    public void TrimAfter(long step)
    {
        var kept = Rows.Where(row => row.Step <= step).ToArray();
        AtomicFile.Write(path, string.Concat(kept.Select(row => Line(row) + "\n")));
        CloseWriter();
        if (Directory.Exists(events)) Directory.Delete(events, recursive: true);
        foreach (var row in kept) WriteEvents(row);
    }

    public void Dispose() => CloseWriter();

    private static string Line(MetricsRow row)
    {
        var line = new JsonObject { ["step"] = row.Step };
        foreach (var (name, value) in row.Values) line[name] = double.IsFinite(value) ? value : null;
        return line.ToJsonString();
    }

    /// <summary>A line that a kill cut short is no line.</summary>
    private static MetricsRow? Parse(string line)
    {
        try
        {
            var item = JsonNode.Parse(line)!.AsObject();
            long step = (long)item["step"]!;
            item.Remove("step");
            return new MetricsRow(step, item.ToDictionary(pair => pair.Key, pair => (double?)pair.Value ?? double.NaN));
        }
        catch (Exception error) when (error is JsonException or NullReferenceException or InvalidOperationException)
        {
            return null;
        }
    }

    private void WriteEvents(MetricsRow row)
    {
        writer ??= torch.utils.tensorboard.SummaryWriter(events, createRunName: false);
        foreach (var (name, value) in row.Values) writer.add_scalar(name, (float)value, (int)row.Step);
    }

    private void CloseWriter()
    {
        (writer as IDisposable)?.Dispose();
        writer = null;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Jobs;

namespace Golgi.Tests.Jobs;

/// <summary>A job that counts to a number in its run's folder, one checkpoint a count, and tells how often it was executed.</summary>
internal sealed class Counting(int to, int version = 1, string inputs = "same") : Job<Counting.Counted>
{
    public int Executions { get; private set; }

    /// <summary>Called before each count with what has been counted.</summary>
    public Action<int>? Before { get; init; }

    public override JobKind Kind => new("counting", version);

    public override string Subject => $"to {to}";

    public override JsonObject Options => new() { ["to"] = to };

    public override IReadOnlyDictionary<string, string> Inputs => new Dictionary<string, string> { ["inputs"] = inputs };

    public static JobCatalog Catalog { get; } =
        new JobCatalog().Add(new JobKind("counting", 1), (request, _) => new Counting(request["to"].Deserialize<int>()));

    public override Counted Execute(JobContext context)
    {
        Executions++;
        if (to < 0) throw new ArgumentException($"to is {to}; it must not be negative.");
        string path = context.IsKept ? context.Run.ArtifactPath("count.txt") : "";
        int before = File.Exists(path) ? int.Parse(File.ReadAllText(path)) : 0;
        for (int count = before; count < to; count++)
        {
            Before?.Invoke(count);
            context.Cancellation.ThrowIfCancellationRequested();
            if (context.IsKept) File.WriteAllText(path, $"{count + 1}");
        }

        return new Counted(to, to - before);
    }

    /// <summary>What came of it.</summary>
    internal sealed record Counted(int Count, int InThisSitting);
}

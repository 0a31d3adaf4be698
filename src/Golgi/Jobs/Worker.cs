using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>The other end of <see cref="WorkerProcesses"/>: takes jobs as JSON lines, one after another, and runs them.</summary>
public static class Worker
{
    private static readonly JsonSerializerOptions Line = new(RunJson.Format) { WriteIndented = false };

    /// <summary>Runs jobs until the input ends.</summary>
    /// <param name="catalog">The kinds that can be asked for.</param>
    /// <param name="input">Jobs, a line each.</param>
    /// <param name="output">Progress and ends, a line each.</param>
    /// <param name="cancellation">Stops the job under way and returns.</param>
    public static void Serve(JobCatalog catalog, TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        using var requests = new BlockingCollection<WorkerRequest>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var reading = new Thread(() => Read(input, requests, stop)) { IsBackground = true, Name = "worker input" };
        reading.Start();
        foreach (var request in requests.GetConsumingEnumerable(CancellationToken.None))
        {
            Write(output, Run(catalog, request, new Lines(output), stop.Token));
            if (stop.IsCancellationRequested) return;
        }
    }

    internal static void Write<T>(TextWriter output, T line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, Line));
        output.Flush();
    }

    internal static T? Parse<T>(string line) => JsonSerializer.Deserialize<T>(line, Line);

    private static void Read(
        TextReader input, BlockingCollection<WorkerRequest> requests, CancellationTokenSource stop)
    {
        while (input.ReadLine() is { } line)
        {
            if (Parse<WorkerRequest>(line) is { Kind: not null } request) requests.Add(request);
            else stop.Cancel();
        }

        requests.CompleteAdding(); // the one who asks is gone, or done
    }

    private static WorkerReply Run(JobCatalog catalog, WorkerRequest request, Lines progress, CancellationToken cancellation)
    {
        try
        {
            var workspace = new Workspace(request.Runs!) { DataFolder = request.Data };
            using var job = catalog.Make(request.Kind!, request.Request!, workspace);
            workspace.Run(job, progress, cancellation);
            return new WorkerReply("", 1, 1, WorkerReply.End.Finished);
        }
        catch (OperationCanceledException)
        {
            return new WorkerReply("", 0, 1, WorkerReply.End.Stopped);
        }
        catch (Exception error)
        {
            bool input = error is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException;
            return new WorkerReply("", 0, 1, input ? WorkerReply.End.BadInput : WorkerReply.End.Failed, error.Message);
        }
    }

    /// <summary>Progress as lines, ten a second at the most.</summary>
    private sealed class Lines(TextWriter output) : IProgress<WorkProgress>
    {
        private long last;

        public void Report(WorkProgress value)
        {
            if (last != 0 && Stopwatch.GetElapsedTime(last).TotalSeconds < 0.1) return;
            last = Stopwatch.GetTimestamp();
            Write(output, new WorkerReply(value.Task, value.Done, value.Total));
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Trials;

namespace Golgi.App.Commands.Dimension;

/// <summary>Runs trials in processes of their own, several at a time: small networks train fastest on one thread each, and a crash costs one
/// trial.</summary>
internal sealed class TrialProcesses(int workers, string? dataFolder, IProgress<WorkProgress> progress, CancellationToken cancellation)
{
    /// <summary>Runs all of them; each leaves its result in the run's folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="requests">What is to be run.</param>
    public void Execute(string folder, IReadOnlyList<TrialRequest> requests)
    {
        int done = 0;
        Parallel.ForEach(
            requests,
            new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellation },
            request =>
            {
                RunOne(folder, request);
                progress.Report(new WorkProgress(
                    $"dimension {request.Dimension}", Interlocked.Increment(ref done), requests.Count, $"replicate {request.Replicate + 1}"));
            });
    }

    private void RunOne(string folder, TrialRequest request)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "dimension", "trial", folder, "--quiet",
                "--d", request.Dimension.ToString(CultureInfo.InvariantCulture),
                "--replicate", request.Replicate.ToString(CultureInfo.InvariantCulture),
            },
        };
        if (dataFolder is not null)
        {
            start.ArgumentList.Add("--data-dir");
            start.ArgumentList.Add(dataFolder);
        }

        using var process = Process.Start(start) ?? throw new IOException($"{start.FileName} could not be started.");
        using var stop = cancellation.Register(() => Stop(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        output.Wait(CancellationToken.None);
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode == 0) return;
        string message =
            $"The trial of dimension {request.Dimension}, replicate {request.Replicate}, ended with code {process.ExitCode}: {error.Trim()}";
        throw process.ExitCode == ExitCode.BadInput ? new ArgumentException(message) : new InvalidOperationException(message);
    }

    private static void Stop(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}

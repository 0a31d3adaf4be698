using System.Diagnostics;
using System.Text;

namespace Golgi.Jobs;

/// <summary>One process that runs jobs, seen from the one who asks.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20); // for a job to finish its step and save
    private readonly Process process;
    private readonly StringBuilder errors = new();

    public WorkerProcess(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start) ?? throw new IOException($"{program} could not be started.");
        process.ErrorDataReceived += (_, line) =>
        {
            lock (errors) errors.AppendLine(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Runs a job to its end.</summary>
    /// <returns>True where the process can take another one.</returns>
    public bool Run(Job job, Workspace workspace, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var stop = cancellation.Register(AskToStop);
        Worker.Write(process.StandardInput, new WorkerRequest(job.Kind.Name, job.Request, workspace.Folder, workspace.DataFolder));
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Worker.Parse<WorkerReply>(line) is not { Ended: { } end } reply) continue;
            switch (end)
            {
                case WorkerReply.End.Finished:
                    return !cancellation.IsCancellationRequested;
                case WorkerReply.End.Stopped:
                    throw new OperationCanceledException(cancellation);
                case WorkerReply.End.BadInput:
                    throw new ArgumentException(reply.Error);
                default:
                    throw new InvalidOperationException($"{job.Subject}: {reply.Error}");
            }
        }

        cancellation.ThrowIfCancellationRequested();
        process.WaitForExit();
        string said;
        lock (errors) said = errors.ToString().Trim();
        throw new InvalidOperationException($"{job.Subject}: its process ended with code {process.ExitCode}. {said}");
    }

    public void Dispose()
    {
        try
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(TimeSpan.FromSeconds(2))) process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // It ended by itself in the meantime.
        }

        process.Dispose();
    }

    private void AskToStop()
    {
        try
        {
            Worker.Write(process.StandardInput, new WorkerRequest(null, null, null, null));
            _ = Task.Delay(Patience).ContinueWith(_ => Kill(), TaskScheduler.Default);
        }
        catch (Exception error) when (error is InvalidOperationException or IOException)
        {
            // It ended by itself in the meantime.
        }
    }

    private void Kill()
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime, or was disposed.
        }
    }
}

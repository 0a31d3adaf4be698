using System.Text.Json.Nodes;

namespace Golgi.Jobs;

/// <summary>A line that a worker reads: a job to run, or the wish to stop.</summary>
/// <param name="Kind">The job's kind; null: stop what is being done.</param>
/// <param name="Request">As <see cref="Job.Request"/> has it.</param>
/// <param name="Runs">The folder of all runs.</param>
/// <param name="Data">The folder that is searched first for data sets.</param>
internal sealed record WorkerRequest(string? Kind, JsonObject? Request, string? Runs, string? Data);

using System.Text.Json.Nodes;
using Golgi.Foundation;

namespace Golgi.Jobs;

/// <summary>The kinds of jobs that a program knows: how a worker makes a job of its options, and which version is the present one.</summary>
public sealed class JobCatalog
{
    private readonly Dictionary<string, (JobKind Kind, Func<JsonObject, Workspace, Job> Make)> known = [];

    /// <summary>The kinds.</summary>
    public IEnumerable<JobKind> Kinds => known.Values.Select(entry => entry.Kind);

    /// <summary>Adds a kind.</summary>
    /// <param name="kind">Its name and version.</param>
    /// <param name="make">From <see cref="Job.Request"/> to the job, which opens and owns the data and networks that they name.</param>
    /// <returns>This catalog.</returns>
    /// <exception cref="ArgumentException">There is one of that name already.</exception>
    public JobCatalog Add(JobKind kind, Func<JsonObject, Workspace, Job> make)
    {
        ArgumentNullException.ThrowIfNull(kind);
        return known.TryAdd(kind.Name, (kind, make))
            ? this
            : throw new ArgumentException($"There is a kind of job '{kind.Name}' already; names are given once.", nameof(kind));
    }

    /// <summary>Adds a kind whose jobs run in the process that asks, never in a worker.</summary>
    /// <inheritdoc cref="Add(JobKind, Func{JsonObject, Workspace, Job})"/>
    public JobCatalog Add(JobKind kind) =>
        Add(kind, (_, _) => throw new ArgumentException($"Jobs of the kind {kind.Name} run in the process that asks for them."));

    /// <summary>A kind by its name, or null.</summary>
    public JobKind? Find(string name) => known.TryGetValue(name, out var entry) ? entry.Kind : null;

    /// <summary>Makes a job.</summary>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no such kind, or the request does not fit it.</exception>
    public Job Make(string name, JsonObject request, Workspace workspace) =>
        known[Check.Known(name, known.Keys, "kind of job")].Make(request, workspace);
}

using System.Text.Json.Nodes;
using Golgi.Runs;

namespace Golgi.Jobs;

/// <summary>One computation, with everything that its result depends on. What an executor sees; see <see cref="Job{TResult}"/>.</summary>
public abstract class Job : IDisposable
{
    /// <summary>What is computed.</summary>
    public abstract JobKind Kind { get; }

    /// <summary>A readable part of the run's name: <c>mnist-lenet-300-100</c>.</summary>
    public abstract string Subject { get; }

    /// <summary>What was asked, as JSON: settings, never the words or places by which networks and data were named.</summary>
    public abstract JsonObject Options { get; }

    /// <summary>What another process needs to make the same job: the options, and how to open what they are about. Null where none can: the job
    /// holds objects of this process, or shares out parts itself. Default: the options alone.</summary>
    public virtual JsonObject? Request => Options;

    /// <summary>What the job is about, by its digest: the data's identity, the weights of a network.</summary>
    public virtual IReadOnlyDictionary<string, string> Inputs => new Dictionary<string, string>();

    /// <summary>Whether a finished run answers for the job. False for what measures this machine now.</summary>
    public virtual bool IsRemembered => true;

    /// <summary>What the job's run depends on, and is named by.</summary>
    public RunConfiguration Configuration
    {
        get
        {
            var options = Options.DeepClone().AsObject();
            foreach (var (name, digest) in Inputs) options[name] = digest;
            return new RunConfiguration(Kind.Name, Subject, options, Kind.Version);
        }
    }

    /// <summary>Frees what the job opened for itself; what it was given stays its owner's.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Computes and writes the result into the run's folder.</summary>
    internal abstract void Complete(JobContext context);
}

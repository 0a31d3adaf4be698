using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Interchange;

namespace Golgi.Jobs;

/// <summary>Looks into a file of a network or of weights.</summary>
/// <param name="reference">As <see cref="ModelInspection.Of"/> takes it.</param>
public sealed class InspectJob(string reference) : Job<ModelInspection>
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("inspect", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => Path.GetFileName(reference);

    /// <inheritdoc/>
    public override JsonObject Options => [];

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => ModelFile.Files(reference)
        .Select((file, i) => (Name: $"file_{i}", Digest: Digest.OfUnchangedFile(file))).ToDictionary(entry => entry.Name, entry => entry.Digest);

    /// <inheritdoc/>
    public override ModelInspection Execute(JobContext context) => ModelInspection.Of(reference);
}

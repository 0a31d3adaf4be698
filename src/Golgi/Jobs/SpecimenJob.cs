using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Networks;

namespace Golgi.Jobs;

/// <summary>A job about one opened network, known by its weights, its preparation and its data.</summary>
/// <param name="specimen">The network with its data. Borrowed; it is left as it was.</param>
public abstract class SpecimenJob<TResult>(Specimen specimen) : Job<TResult>
    where TResult : class
{
    private IReadOnlyDictionary<string, string>? inputs;

    /// <summary>The network with its data.</summary>
    public Specimen Specimen { get; } = specimen;

    /// <inheritdoc/>
    public override string Subject => Specimen.Name;

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => inputs ??= SpecimenInputs.Of(Specimen);

    /// <summary>A part of the network's data.</summary>
    /// <exception cref="ArgumentException">The network comes without data.</exception>
    public Examples Examples(DataPart part) => (Specimen.Data
        ?? throw new ArgumentException($"{Specimen.Name} comes without data. Name a data set with --data."))[part];
}

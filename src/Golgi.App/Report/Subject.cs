using Golgi.Networks;
using TorchSharp;

namespace Golgi.App.Report;

/// <summary>What a dossier is about, and how it is looked at. Borrowed by the sections.</summary>
/// <param name="Specimen">The network with its data.</param>
/// <param name="Seed">Seed of everything random in the examination.</param>
/// <param name="Device">Where it is examined.</param>
internal sealed record Subject(Specimen Specimen, long Seed, torch.Device Device)
{
    /// <summary>The folder of the run that trained it, or null for a network from elsewhere.</summary>
    public string? RunFolder { get; init; }
}

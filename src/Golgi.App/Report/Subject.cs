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

    /// <summary>Where sections that make pictures lay them when they measure and find them when they write; must be there.
    /// Null while nothing is examined.</summary>
    public string? PicturesFolder { get; init; }

    /// <summary>The path of such a picture.</summary>
    /// <exception cref="InvalidOperationException">There is no folder for pictures.</exception>
    public string PicturePath(string name) => PicturesFolder is null
        ? throw new InvalidOperationException("The subject has no folder for pictures. Give it one before sections measure.")
        : Path.Combine(PicturesFolder, name);
}

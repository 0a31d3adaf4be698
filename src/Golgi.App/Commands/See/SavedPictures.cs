using System.Text.Json;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Scores;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>A folder that <c>golgi see</c> wrote, as its <c>see.json</c> tells it.</summary>
/// <param name="Identity">See <see cref="PictureFolder.Identity"/>.</param>
/// <param name="Layer">Null: the pictures are of classes.</param>
/// <param name="Images">One entry for each picture.</param>
internal sealed record SavedPictures(string? Identity, string? Layer, IReadOnlyList<SavedPictures.Entry> Images)
{
    public const string FileName = "see.json", ValuesName = "pictures.npy";

    private string Folder { get; init; } = "";

    /// <summary>Reads a folder.</summary>
    /// <exception cref="ArgumentException">It holds no pictures of classes.</exception>
    public static SavedPictures Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new ArgumentException(
                $"There is no {FileName} in {folder}; it must be a folder that golgi see --class wrote.");
        }
        var saved = JsonSerializer.Deserialize<SavedPictures>(File.ReadAllText(path), RunJson.Format)!;
        return saved.Layer is null && saved.Images.All(image => image.Rank is not null)
            ? saved with { Folder = folder }
            : throw new ArgumentException($"{folder} holds pictures of {saved.Layer ?? "an objective"}; a judge can rate pictures of classes only.");
    }

    /// <summary>The class of each picture.</summary>
    public IReadOnlyList<long> Classes => [.. Images.Select(image => image.Unit)];

    /// <summary>How the network ranked each picture for which it was made.</summary>
    public PictureVerdict Own => new([.. Images.Select(image => image.Rank!.Value)]);

    /// <summary>The mean slope of the pictures' spectra.</summary>
    public double SpectrumSlope => Images.Average(image => image.SpectrumSlope ?? double.NaN);

    /// <summary>True if some look like flat gray.</summary>
    public bool Pale => Images.Any(image => image.Deviation < SeenPicture.Pale);

    /// <summary>The pictures, each float [C, H, W], 0 to 255, in the current dispose scope: their values, or, from a folder that has
    /// none, the gray levels of the files.</summary>
    /// <exception cref="InvalidDataException">There is not one for each image.</exception>
    public IReadOnlyList<Tensor> Load(Contrast contrast)
    {
        string path = Path.Combine(Folder, ValuesName);
        var values = File.Exists(path) ? Npy.Read(path) : stack(Images.Select(image => Picture.Load(Path.Combine(Folder, image.File)) / 255.0));
        return values.dim() == 4 && values.shape[0] == Images.Count
            ? (ContrastChoice.Apply(contrast, values) * 255).unbind()
            : throw new InvalidDataException(
                $"{path} holds [{string.Join(", ", values.shape)}]; {FileName} beside it tells of {Images.Count} pictures.");
    }

    /// <summary>One picture.</summary>
    internal sealed record Entry(string File, long Unit, long? Rank, double? SpectrumSlope, double? Deviation);
}

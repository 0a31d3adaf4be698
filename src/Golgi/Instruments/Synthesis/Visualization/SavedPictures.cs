using System.Text.Json;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>A folder of pictures that <see cref="SeeJob"/> wrote, as its <c>see.json</c> tells it.</summary>
/// <param name="Layer">Null: the pictures are of classes.</param>
/// <param name="Images">One entry for each picture.</param>
public sealed record SavedPictures(string? Layer, IReadOnlyList<SavedPictures.Entry> Images)
{
    internal const string FileName = "see.json";

    private string Folder { get; init; } = "";

    /// <summary>Reads a folder, or the artifacts of a run's folder.</summary>
    /// <exception cref="ArgumentException">It holds no pictures of classes.</exception>
    public static SavedPictures Read(string folder)
    {
        string place = new[] { folder, Path.Combine(folder, "artifacts") }.FirstOrDefault(place => File.Exists(Path.Combine(place, FileName)))
            ?? throw new ArgumentException($"There is no {FileName} in {folder}; it must be a folder or a run that golgi see --class wrote.");
        var saved = JsonSerializer.Deserialize<SavedPictures>(File.ReadAllText(Path.Combine(place, FileName)), RunJson.Format)!;
        return saved.Layer is null && saved.Images.All(image => image.Rank is not null)
            ? saved with { Folder = place }
            : throw new ArgumentException($"{folder} holds pictures of {saved.Layer ?? "an objective"}; a judge can rate pictures of classes only.");
    }

    /// <summary>The class of each picture.</summary>
    internal IReadOnlyList<long> Classes => [.. Images.Select(image => image.Unit)];

    /// <summary>The mean slope of the pictures' spectra.</summary>
    internal double SpectrumSlope => Images.Average(image => image.SpectrumSlope ?? double.NaN);

    /// <summary>The digest of all files, which names the pictures wherever they lie.</summary>
    internal string Contents => Digest.OfText(string.Join('\n', Files().Select(Digest.OfFile)));

    /// <summary>The pictures, each float [C, H, W], 0 to 255, in the current dispose scope: their values, or, from a folder that has
    /// none, the gray levels of the files.</summary>
    /// <exception cref="InvalidDataException">There is not one for each image.</exception>
    internal IReadOnlyList<Tensor> Load(Contrast contrast)
    {
        string path = Path.Combine(Folder, PictureValues.FileName);
        var values = File.Exists(path) ? Npy.Read(path) : stack(Images.Select(image => Picture.Load(Path.Combine(Folder, image.File)) / 255.0));
        return values.dim() == 4 && values.shape[0] == Images.Count
            ? (PictureValues.Drawn(contrast, values) * 255).unbind()
            : throw new InvalidDataException(
                $"{path} holds [{string.Join(", ", values.shape)}]; {FileName} beside it tells of {Images.Count} pictures.");
    }

    private IEnumerable<string> Files()
    {
        string values = Path.Combine(Folder, PictureValues.FileName);
        string[] pictures = File.Exists(values) ? [values] : [.. Images.Select(image => Path.Combine(Folder, image.File))];
        return [Path.Combine(Folder, FileName), .. pictures];
    }

    /// <summary>One picture.</summary>
    /// <param name="File">Its PNG file.</param>
    /// <param name="Unit">Its class.</param>
    /// <param name="Rank">How the network that it was made for ranks the class.</param>
    /// <param name="SpectrumSlope">The slope of its spectrum, or null.</param>
    public sealed record Entry(string File, long Unit, long? Rank, double? SpectrumSlope);
}

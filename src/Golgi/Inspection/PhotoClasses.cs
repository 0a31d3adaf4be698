using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>What a network takes a photograph for.</summary>
/// <param name="File">The photograph.</param>
/// <param name="Classes">The likeliest classes, best first.</param>
public sealed record PhotoClasses(string File, IReadOnlyList<ClassGuess> Classes)
{
    /// <summary>Classifies photographs one after another.</summary>
    /// <param name="specimen">The network with its preparation and class names; borrowed.</param>
    /// <param name="photos">Image files.</param>
    /// <param name="top">How many classes to name for each, 1 or more.</param>
    /// <exception cref="InvalidDataException">A file is not an image.</exception>
    public static IReadOnlyList<PhotoClasses> Of(Specimen specimen, IReadOnlyList<string> photos, int top = 5)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(photos);
        Check.Positive(top);
        specimen.RequireClasses("Naming what is on a photograph");
        return [.. photos.Select(photo => new PhotoClasses(photo, Guesses(specimen, photo, top)))];
    }

    private static ClassGuess[] Guesses(Specimen specimen, string photo, int top)
    {
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var outputs = specimen.Network.call(Prepared(specimen, photo)).flatten().to(ScalarType.Float64).cpu();

        // Networks that end in softmax give probabilities already.
        bool probable = outputs.ge(0).all().item<bool>() && Math.Abs(outputs.sum().item<double>() - 1) < 1e-3;
        var probabilities = probable ? outputs : outputs.softmax(0);
        var (values, indexes) = probabilities.topk((int)Math.Min(top, probabilities.numel()), 0);
        return [.. indexes.data<long>().ToArray().Zip(values.data<double>().ToArray(), (index, value) => new ClassGuess(
            index, index < specimen.ClassNames.Count ? specimen.ClassNames[(int)index] : $"class {index}", value))];
    }

    private static Tensor Prepared(Specimen specimen, string photo)
    {
        if (specimen.InputShape is not [var channels, var height, var width])
        {
            throw new ArgumentException(
                $"{specimen.Name} takes inputs of shape {Check.Describe([.. specimen.InputShape])}; photographs are [C, H, W].");
        }

        bool framed = specimen.Preprocessing.Crop > 0;
        var image = framed ? Picture.Load(photo) : Picture.Load(photo, (int)height, (int)width);
        var raw = channels == 1 ? image.to(ScalarType.Float32).mean([0], keepdim: true) : image;
        return specimen.Preprocessing.Apply(raw.unsqueeze(0));
    }
}

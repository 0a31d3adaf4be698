using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.App.Report.Basics;

/// <summary>The first layer's weights as pictures, which is the one place where weights can be read with the eye.</summary>
internal sealed class FiltersSection : DossierSection<FilterRange>
{
    private const int Most = 96;

    public override string Title => "First-layer filters";

    public override FilterRange? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.InputShape.Count != 3) return null;
        var first = LayerTable.Of(specimen.Network, specimen.InputShape).Layers.FirstOrDefault(layer => layer.Role == LayerRole.Linear);
        if (first is null) return null;

        using var scope = NewDisposeScope();
        return AsImages(Weights(specimen, first.Name), specimen.InputShape) is { } images
            ? new FilterRange(first.Name, first.WeightShape, images.shape[0], images.min().item<float>(), images.max().item<float>())
            : null;
    }

    public override IReadOnlyList<Finding> Write(FilterRange found, Subject subject, SectionWriter page)
    {
        using var scope = NewDisposeScope();
        var images = AsImages(Weights(subject.Specimen, found.Layer), subject.Specimen.InputShape)!.narrow(0, 0, Math.Min(Most, found.Count));
        bool signed = images.shape[1] == 1;
        var shown = signed ? Shades.Diverging(images) : Shades.Stretch(images);
        int size = (int)Math.Max(shown.shape[2], shown.shape[3]);
        int scale = Math.Max(1, (size <= 7 ? 56 : 64) / size);
        var sheet = new ContactSheet { Columns = size > 20 ? 10 : 12, Scale = scale, Gap = 6 }.Draw(shown);
        string count = found.Count > Most ? $"The first {Most} of {found.Count} filters" : $"All {found.Count} filters";
        string how = signed
            ? "Red raises the unit, blue lowers it, white does nothing; one scale for all."
            : "Each filter stretched over its own range; color is what the filter asks of red, green and blue.";
        page.Figure(Pictures.Figure(sheet, "First-layer filters", scale: 1), $"{count} of `{found.Layer}`, {Words.Shape(found.WeightShape)}. {how}");
        return [];
    }

    private static Tensor Weights(Specimen specimen, string layer) =>
        specimen.Layer(layer).named_parameters(recurse: false).First(entry => entry.parameter.dim() >= 2).parameter.detach().cpu();

    /// <summary>Filters as [units, C, H, W] with one or three channels; null where they are no pictures.</summary>
    private static Tensor? AsImages(Tensor weights, IReadOnlyList<long> input)
    {
        if (weights.dim() == 2 && weights.shape[1] == input.Aggregate(1L, (a, b) => a * b)) weights = weights.view([-1, .. input]);
        if (weights.dim() != 4 || (weights.shape[2] == 1 && weights.shape[3] == 1)) return null;
        return weights.shape[1] is 1 or 3 ? weights : weights.mean([1], keepdim: true);
    }
}

using Golgi.App.Report.Basics;
using Golgi.App.Report.Plots;
using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Inspection;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;

namespace Golgi.App.Report;

/// <summary>Preferred pictures: what each class wants to see, and units of a late layer beside the examples that
/// excite them most.</summary>
internal sealed class PreferredSection : DossierSection<PreferredViews>
{
    private const int MostClasses = 10, MostUnits = 8, Tops = 4;
    private const int MostPixels = 64 * 64; // larger pictures take too long for a dossier; golgi see makes them
    private const int Steps = 96;

    public override string Title => "What the network wants to see";

    public override PreferredViews? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.InputShape is not [1 or 3, var height, var width] || height * width > MostPixels || Math.Min(height, width) < 8) return null;
        if (subject.Device.type != TorchSharp.DeviceType.CPU) return null;
        var options = new VisualizationOptions { Steps = Steps, Batch = MostClasses, Seed = subject.Seed };
        int classes = Math.Min(MostClasses, LogitSource.Find(specimen).Classes);
        var target = Target.Classes([.. Enumerable.Range(0, classes).Select(i => (long)i)]);
        using var made = FeatureVisualization.Run(specimen, target, options, progress: progress, cancellation: cancellation);
        var views = Keep(subject, made, "class");
        var (layer, shown) = Excited(subject, progress, cancellation);
        if (layer is null || shown.Length == 0) return new PreferredViews(views, null, []);
        using var units = FeatureVisualization.Run(
            specimen, new Target(layer, [.. shown.Select(unit => (long)unit.Unit)]), options, progress: progress, cancellation: cancellation);
        return new PreferredViews(
            views, layer, [.. Keep(subject, units, "unit").Zip(shown, (view, unit) => new PreferredUnit(view, unit.Best))]);
    }

    public override IReadOnlyList<Finding> Write(PreferredViews found, Subject subject, SectionWriter page)
    {
        page.Text("Pictures made by gradient ascent, from noise, to raise one class's output or one unit's activation. They must survive small "
            + "shifts, scales and turns " +
            "(settings of Olah et al. 2017). What is in them is in the network; what the network ignores is not.");
        page.Heading("Classes");
        page.Gallery(found.Classes.Select(view => (Figure(subject, view, view.Name), $"{view.Name}: p = {view.Probability:0.00}")));
        if (found.Units.Count > 0)
        {
            page.Heading($"Units of `{found.Layer}`, each beside the {Tops} training examples that excite it most");
            page.Gallery(found.Units.SelectMany(unit => Row(unit, subject)));
        }

        return [.. Findings(found.Classes)];
    }

    private static IEnumerable<Finding> Findings(IReadOnlyList<PreferredView> classes)
    {
        int first = classes.Count(view => view.Rank == 1);
        int dead = classes.Count(view => view.Outcome == AscentOutcome.DeadUnit);
        yield return new Finding(
            $"For {first} of {classes.Count} classes a picture could be made that the network takes for the class.",
            first < classes.Count ? 0.5 : 0.15);
        if (dead > 0) yield return new Finding($"{dead} classes answer to nothing near gray noise: their gradient is zero.", 0.7);
    }

    /// <summary>The units of a late layer with the highest peaks; without a layer where there is none to ask.</summary>
    private static (string? Layer, UnitTops[] Units) Excited(
        Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), 3);
        if (layers.Count < 2 || specimen.Data is not { } data) return (null, []);
        var options = new PassOptions { Limit = Layers.MostExamples, Device = subject.Device };
        var tops = TopExamples.Find(specimen, data.Train, [layers[^2]], Tops, options, progress, cancellation);
        return (
            layers[^2],
            [
                .. tops.Where(unit => unit.Best is [{ Value: > 0 }, ..]).OrderByDescending(unit => unit.Best[0].Value).Take(MostUnits)
                    .OrderBy(unit => unit.Unit),
            ]);
    }

    /// <summary>Lays the pictures into the subject's folder, which takes too long to do twice.</summary>
    private static PreferredView[] Keep(Subject subject, PreferredPictures made, string kind) => [.. made.Found.Select((found, n) =>
    {
        string name = $"{kind}-{found.Unit}.png";
        using var picture = made.Pictures[n];
        byte[] png = Picture.EncodePng(picture);
        AtomicFile.Write(subject.PicturePath(name), stream => stream.Write(png));
        return new PreferredView(
            found.Unit, found.Name, found.Activation, found.Probability, found.Rank, found.Steps, found.Outcome, name);
    })];

    private static IEnumerable<(IFigure Figure, string Label)> Row(PreferredUnit unit, Subject subject)
    {
        yield return (Figure(subject, unit.View, $"unit {unit.View.Unit}"), $"unit {unit.View.Unit}: {unit.View.Activation:0.0}");
        foreach (var best in unit.Best)
        {
            yield return (Pictures.Example(subject.Specimen.Data!.Train, best.Example, $"example {best.Example}"), $"{best.Value:0.0}");
        }
    }

    private static IFigure Figure(Subject subject, PreferredView view, string title)
    {
        int height = (int)subject.Specimen.InputShape[1], width = (int)subject.Specimen.InputShape[2];
        return new PictureFigure
        {
            Title = title,
            Png = File.ReadAllBytes(subject.PicturePath(view.Picture)),
            PixelWidth = width,
            PixelHeight = height,
            Scale = Pictures.Scale(Math.Max(height, width)),
        };
    }
}

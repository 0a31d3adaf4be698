using Golgi.App.Report.Basics;
using Golgi.App.Report.Plots;
using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.App.Report;

/// <summary>Preferred pictures: what each class wants to see, and units of a late layer beside the examples that
/// excite them most.</summary>
internal sealed class PreferredSection : IDossierSection
{
    private const int MostClasses = 10, MostUnits = 8, Tops = 4;
    private const int MostPixels = 64 * 64; // larger pictures take too long for a dossier; golgi see makes them
    private const int Steps = 96;

    public string Title => "What the network wants to see";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.InputShape is not [1 or 3, var height, var width] || height * width > MostPixels || Math.Min(height, width) < 8) return [];
        if (subject.Device.type != TorchSharp.DeviceType.CPU) return [];
        var options = new VisualizationOptions { Steps = Steps, Batch = MostClasses, Seed = subject.Seed };
        int classes = Math.Min(MostClasses, LogitSource.Find(specimen).Classes);
        using var made = FeatureVisualization.Run(
            specimen, Target.Classes([.. Enumerable.Range(0, classes).Select(i => (long)i)]), options, progress, cancellation);
        page.Text("Pictures made by gradient ascent, from noise, to raise one class's output or one unit's activation. They must survive small "
            + "shifts, scales and turns " +
            "(settings of Olah et al. 2017). What is in them is in the network; what the network ignores is not.");
        page.Heading("Classes");
        page.Gallery(made.Found.Select((found, n) => (Figure(made.Pictures[n], found.Name), $"{found.Name}: p = {found.Probability:0.00}")));
        int first = made.Found.Count(found => found.Rank == 1);
        int dead = made.Found.Count(found => found.Outcome == AscentOutcome.DeadUnit);
        var findings = new List<Finding>
        {
            new(
                $"For {first} of {classes} classes a picture could be made that the network takes for the class.",
                first < classes ? 0.5 : 0.15),
        };
        if (dead > 0) findings.Add(new Finding($"{dead} classes answer to nothing near gray noise: their gradient is zero.", 0.7));
        WriteUnits(subject, page, options, progress, cancellation);
        return findings;
    }

    private static void WriteUnits(
        Subject subject, SectionWriter page, VisualizationOptions options, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        var layers = Layers.Activations(LayerTable.Of(specimen.Network, specimen.InputShape), 3);
        if (layers.Count < 2 || specimen.Data is not { } data) return;
        string layer = layers[^2];
        var tops = TopExamples.Find(
            specimen, data.Train, [layer], Tops, new PassOptions { Limit = Layers.MostExamples, Device = subject.Device }, progress, cancellation);
        UnitTops[] shown = [.. tops.Where(unit => unit.Best is [{ Value: > 0 }, ..]).OrderByDescending(unit => unit.Best[0].Value).Take(MostUnits)
            .OrderBy(unit => unit.Unit)];
        if (shown.Length == 0) return;
        using var made = FeatureVisualization.Run(
            specimen, new Target(layer, [.. shown.Select(unit => (long)unit.Unit)]), options, progress, cancellation);
        page.Heading($"Units of `{layer}`, each beside the {Tops} training examples that excite it most");
        page.Gallery(shown.SelectMany((unit, n) => Row(unit, made, n, data.Train)));
    }

    private static IEnumerable<(
        IFigure Figure, string Label)> Row(UnitTops unit, PreferredPictures made, int n, Golgi.Data.Examples examples)
    {
        yield return (Figure(made.Pictures[n], $"unit {unit.Unit}"), $"unit {unit.Unit}: {made.Found[n].Activation:0.0}");
        foreach (var best in unit.Best) yield return (Pictures.Example(examples, best.Example, $"example {best.Example}"), $"{best.Value:0.0}");
    }

    private static IFigure Figure(Tensor picture, string title)
    {
        using var _ = picture;
        return Pictures.Figure(picture, title);
    }
}

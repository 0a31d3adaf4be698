using Golgi.App.Report.Basics;
using Golgi.App.Report.Plots;
using Golgi.Runs;
using Golgi.Synthesis;
using static TorchSharp.torch;

namespace Golgi.App.Report.Instruments;

/// <summary>Pictures that each class wants to see, made by climbing its logit from noise.</summary>
internal sealed class PreferredSection : IDossierSection
{
    private const int MostClasses = 10;
    private const int MostPixels = 64 * 64;

    public string Title => "What classes want to see";

    public IReadOnlyList<Finding> Write(
        Subject subject, SectionWriter page, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.InputShape is not [1 or 3, var height, var width] || specimen.ClassNames.Count == 0) return [];
        long[] classes = [.. Enumerable.Range(0, Math.Min(MostClasses, specimen.ClassNames.Count)).Select(i => (long)i)];
        var options = new VisualizationOptions { Seed = subject.Seed, Batch = MostClasses, Steps = height * width <= MostPixels ? 200 : 60 };
        using var made = FeatureVisualization.Run(specimen, Target.Classes(classes), options, progress, cancellation);

        page.Text("Nothing here was photographed or drawn: each picture began as noise and was changed until the network was as sure of its class as it could be made, " +
            "while small shifts, turns and changes of scale were not to matter.");
        using var scope = NewDisposeScope();
        page.Gallery(made.Found.Select((picture, i) => (
            (IFigure)Pictures.Figure(made.Pictures[i], $"Preferred picture of {picture.Name}"),
            $"{picture.Name} ({100 * picture.Probability:0} %)")));
        page.Note($"In brackets the network's own probability. {options.Steps} steps with the settings `{options.Preset}`; `golgi see` has others, and shows hidden units too.");
        return [.. Findings(made)];
    }

    private static IEnumerable<Finding> Findings(Visualization made)
    {
        int sure = made.Found.Count(picture => picture.Probability > 0.99);
        if (sure == 0) yield break;
        yield return new Finding(
            $"Pictures made from noise convince it of {sure} of {made.Found.Count} classes with more than 99 % probability.", 0.5);
    }
}

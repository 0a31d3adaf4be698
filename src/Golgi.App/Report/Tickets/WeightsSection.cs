using Golgi.App.Report.Plots;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Runs;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.App.Report.Tickets;

/// <summary>Which weights of the network matter, layer by layer, and what a mask over its first weights knows.</summary>
internal sealed class WeightsSection : DossierSection<WeightsThatMatter>
{
    private const int MostExamples = 2000, MostLayers = 30;

    public override string Title => "Weights that matter";

    public override WeightsThatMatter? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || !Kernels(specimen.Network).Any()) return null;
        using var scope = NewDisposeScope();
        using var some = new ExamplesSubset(data.Test, arange(Math.Min(MostExamples, data.Test.Count)));
        return new WeightsThatMatter(some.Count, WeightImportance.Measure(
            specimen.Network, some, specimen.Preprocessing, FirstWeights(subject)?.to(subject.Device), subject.Device, progress, cancellation));
    }

    public override IReadOnlyList<Finding> Write(WeightsThatMatter found, Subject subject, SectionWriter page)
    {
        using var scope = NewDisposeScope();
        var importance = found.Importance;
        page.Text("The largest weights of each layer are kept, the others set to zero, and nothing is trained again.");
        page.Figures(
            (Curve(importance), Caption(importance)),
            (Bars(importance), $"Accuracy with the largest tenth of one layer left and all others whole. The whole network: {importance.Whole:P1}."));
        if (subject.Specimen.InputShape.Count == 3 && FirstWeights(subject)?.to(subject.Device) is { } first)
        {
            Pictures(page, subject.Specimen, first);
        }

        page.Note(
            $"Measured on {found.Examples:N0} test examples. Layers that matter little can be thinned most; `golgi tickets find` trains the rest "
            + "again.");
        return Findings(importance);
    }

    private static IEnumerable<TorchSharp.Modules.Parameter> Kernels(nn.Module network) =>
        network.parameters().Where(parameter => parameter.requires_grad && parameter.dim() >= 2);

    /// <summary>The weights before training, where the run tells the recipe; null where it does not.</summary>
    private static Tensor? FirstWeights(Subject subject)
    {
        if (subject is not { RunFolder: { } folder, Specimen.Data: { } data }) return null;
        using var run = Run.Read(folder);
        if (run.Configuration.Kind != TrainJob.Is.Name) return null;
        using var network = TrainJob.Build(run.Configuration.OptionsAs<TrainingRecipe>(), data);
        using var weights = new WeightVector(network);
        long own = subject.Specimen.Network.parameters().Where(parameter => parameter.requires_grad).Sum(parameter => parameter.numel());
        return weights.Count == own ? weights.Values.clone() : null;
    }

    private static LinePlot Curve(WeightImportance found)
    {
        double[] x = [1, .. found.Curve.Select(point => point.Remaining)];
        var series = new List<Series>
        {
            new("trained weights", x, [found.Whole, .. found.Curve.Select(point => point.Accuracy)]) { Mark = Mark.LineAndPoints },
            new("mask and signs alone", x[1..], [.. found.Curve.Select(point => point.SignsAlone)]) { Mark = Mark.LineAndPoints },
        };
        if (found.Curve[0].Supermask is not null)
        {
            double[] supermask = [.. found.Curve.Select(point => point.Supermask ?? double.NaN)];
            series.Add(new Series("supermask of the untrained network", x[1..], supermask) { Mark = Mark.LineAndPoints });
        }

        return new LinePlot
        {
            Title = "Accuracy against weights remaining",
            X = Axis.Percent("weights remaining") with { Scale = AxisScale.Log },
            Y = Axis.Percent("accuracy") with { Min = 0, Max = 1 },
            Series = series,
        };
    }

    private static string Caption(WeightImportance found) =>
        "Trained weights: as they are. Mask and signs alone: every kept weight becomes plus or minus one number per layer."
        + (found.Curve[0].Supermask is null ? "" : " Supermask: the signs are those before training, so that nothing but the choice of weights "
            + "is learned.");

    private static BarPlot Bars(WeightImportance found) => new()
    {
        Title = "Accuracy with one layer thinned",
        Axis = Axis.Percent("accuracy") with { Min = 0, Max = 1 },
        Bars = [.. found.Layers.Take(MostLayers).Select(
            layer => new Bar($"{layer.Name} ({layer.Total:N0})", layer.Accuracy) { Text = $"{layer.Accuracy:P1}" })],
    };

    private static void Pictures(SectionWriter page, Specimen specimen, Tensor first)
    {
        using var weights = new WeightVector(specimen.Network);
        var pictures = new List<(IFigure, string)>();
        using var tenth = MaskPictures.Tenth(weights);
        if (MaskPictures.Inputs(tenth, specimen.InputShape) is { } inputs)
        {
            pictures.Add((inputs, "How many of the largest tenth of the first layer's weights read each pixel."));
        }
        pictures.Add((
            MaskPictures.Plane(first, weights.Values, tenth, 0),
            $"Weights of `{tenth.Layers[0].Name}` before training (across) and after (up), darker where there are more. Green: the largest tenth "
                + "after training, which is kept."));
        page.Figures(pictures);
    }

    private static Finding[] Findings(WeightImportance found)
    {
        var enough = found.Curve.TakeWhile(point => point.Accuracy > found.Whole - 0.01).LastOrDefault();
        var findings = new List<Finding>();
        if (enough is not null)
        {
            findings.Add(
                new Finding(
                    $"The largest {enough.Remaining:P1} of the weights give {enough.Accuracy:P1} of {found.Whole:P1} without training again.", 0.6));
        }
        var mask = found.Curve.MaxBy(point => point.Supermask ?? 0)!;
        if (mask.Supermask is { } known)
        {
            findings.Add(new Finding($"A mask over the untrained network's signs reaches {known:P1} with {mask.Remaining:P1} of the weights.", 0.55));
        }
        var weakest = found.Layers.MinBy(layer => layer.Accuracy)!;
        if (found.Whole - weakest.Accuracy > 0.05)
        {
            findings.Add(new Finding($"`{weakest.Name}` bears thinning least: with a tenth of it left, accuracy is {weakest.Accuracy:P1}.", 0.4));
        }
        return [.. findings];
    }
}

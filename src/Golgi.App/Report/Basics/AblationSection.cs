using Golgi.App.Report.Plots;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Inspection.Ablation;
using Golgi.Networks;

namespace Golgi.App.Report.Basics;

/// <summary>What the network loses when one unit of its first layer is silenced.</summary>
internal sealed class AblationSection : DossierSection<LayerEffects>
{
    private const int MostUnits = 24, Shown = 16;
    private const long MostExamples = 500, MostWork = 12_000_000_000; // multiply-adds: seconds on one core

    public override string Title => "Which units it leans on";

    public override LayerEffects? Measure(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        var specimen = subject.Specimen;
        if (specimen.Data is not { } data || data.Validation.Count == 0) return null;
        var table = LayerTable.Of(specimen.Network, specimen.InputShape);
        if (Layers.Activations(table, 1) is not [var layer, ..]) return null;
        long limit = Math.Min(MostExamples, MostWork / Math.Max(1, table.MultiplyAdds * (MostUnits + 1)));
        if (limit < 100) return null;

        var options = new PassOptions { Limit = limit, Device = subject.Device };
        return UnitAblation.Measure(specimen, data.Validation, layer, MostUnits, options, progress, cancellation);
    }

    public override IReadOnlyList<Finding> Write(LayerEffects found, Subject subject, SectionWriter page)
    {
        UnitEffect[] worst = [.. found.Units.OrderByDescending(effect => effect.LossIncrease).Take(Shown)];
        page.Text($"One unit of `{found.Layer}` at a time is set to 0, and the network is asked again: " +
            $"{found.Whole.Share.Count:N0} validation examples, of which it recognizes {Words.Accuracy(found.Whole.Share)} when whole.");
        page.Figure(
            new BarPlot
            {
                Title = $"Accuracy without one unit of {found.Layer}",
                Axis = Axis.Percent("accuracy without the unit") with { Min = 0, Max = 1 },
                Width = 620,
                Bars =
                [
                    .. worst.Select(effect => new Bar($"unit {effect.Unit}", effect.Without.Share.Value)
                    {
                        Low = effect.Without.Share.Low,
                        High = effect.Without.Share.High,
                        Text = Words.Percent(effect.Without.Share.Value),
                    }),
                ],
            },
            $"The {worst.Length} units that are missed most, of {found.Units.Count}, with 95 % intervals. " +
            "Units that stand in for each other hide each other: neither alone is missed.");
        return [.. Findings(found, worst)];
    }

    private static IEnumerable<Finding> Findings(LayerEffects found, UnitEffect[] worst)
    {
        if (worst is not [var first, ..] || first.Without.Share.High >= found.Whole.Share.Low) yield break;
        double lost = 100 * (found.Whole.Share.Value - first.Without.Share.Value);
        double usual = 100 * (found.Whole.Share.Value - found.Units
            .Select(effect => effect.Without.Share.Value).Order().ElementAt(found.Units.Count / 2));
        yield return new Finding(
            $"Without unit {first.Unit} of `{found.Layer}` alone it loses {lost:0.0} points of accuracy; without the median unit {usual:0.0}.", 0.72);
    }
}

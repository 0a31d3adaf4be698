using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.App.Commands.See;

/// <summary>The options that say what is to be increased: classes, units, a layer, or a direction among its
/// units.</summary>
internal sealed class TargetChoice
{
    private readonly OptionSet<TargetOptions> set = new(new TargetOptions());

    public TargetChoice()
    {
        var classes = set.Add("--class", "Classes of the output: 130, or 0,5,9, or 0..15, or all.",
            _ => (string?)null, (o, value) => o with { Units = UnitList.Parse(value!, "--class") });
        var layer = set.Add("--layer", "Layer whose units are shown instead, by its dotted name; golgi model inspect lists them.",
            o => o.Layer, (o, value) => o with { Layer = value });
        var unit = set.Add("--unit", "Units of the layer, likewise. Default: all.",
            _ => (string?)null, (o, value) => o with { Units = UnitList.Parse(value!, "--unit") });
        set.Add("--weights", "One picture for all classes or units named, each with its weight: 1,0.5 or, for what a unit wants least, -1.",
            _ => (string?)null, (o, value) => o with { Weights = Numbers(value!) });
        var whole = set.Add("--whole", "The whole layer: the mean square of all that it gives (DeepDream).",
            o => o.Whole, (o, value) => o with { Whole = value });
        var toward = set.Add("--toward", "An image file: the direction among the layer's units in which it lies.",
            o => o.Toward, (o, value) => o with { Toward = value });
        var away = set.Add("--away-from", "An image file that --toward is compared with: the difference of both activations is the direction.",
            o => o.AwayFrom, (o, value) => o with { AwayFrom = value });
        var cosine = set.Add("--cosine", "Power of the cosine by which a direction is weighted; 0 asks for its length only.",
            o => o.Cosine, (o, value) => o with { Cosine = value });
        var position = set.Add("--position", "Where in a map a unit is read: the channel's mean, one neuron in the center, or the strongest.",
            o => o.Position, (o, value) => o with { Position = value });
        layer.NotWith(classes);
        foreach (var option in (Option[])[unit, whole, toward, position]) option.OnlyWith(layer);
        away.OnlyWith(toward);
        cosine.OnlyWith(toward);
        unit.NotWith(whole);
        unit.NotWith(toward);
        whole.NotWith(toward);
    }

    public void AddTo(Command command) => set.AddTo(command);

    /// <summary>What was asked for.</summary>
    public TargetOptions Read(Session session) => set.Read(session);

    private static double[] Numbers(string text) => NumberList.Parse(text.Split(','))
        ?? throw new ArgumentException($"--weights is '{text}'; it must be numbers between commas: 1,-0.5.");
}

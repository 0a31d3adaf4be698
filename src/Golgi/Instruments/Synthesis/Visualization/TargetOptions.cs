using Golgi.Ascent;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Networks;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>What is to be shown, said before the network is known: classes, units, a weighted sum of them, a layer, or a direction among its
/// units. <see cref="For"/> makes a <see cref="Target"/> of it.</summary>
public sealed record TargetOptions
{
    /// <summary>The layer whose units are shown, by its dotted name; null: classes of the output.</summary>
    public string? Layer { get; init; }

    /// <summary>Units of the layer, or classes, 0-based; null: all.</summary>
    public IReadOnlyList<long>? Units { get; init; }

    /// <summary>Where in a map a unit is read.</summary>
    public UnitPosition Position { get; init; }

    /// <summary>One picture for all units together, each with its weight; null: a picture for each.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>One picture for the layer as a whole.</summary>
    public bool Whole { get; init; }

    /// <summary>An image file: one picture for the direction among the layer's units in which it lies; null: none.</summary>
    public string? Toward { get; init; }

    /// <summary>An image file whose activations are subtracted from those of <see cref="Toward"/>; null: none.</summary>
    public string? AwayFrom { get; init; }

    /// <summary>Power of the cosine by which a direction is weighted; 0 asks for its length only. Default 2.</summary>
    public double Cosine { get => field; init => field = Check.NotNegative(value, nameof(Cosine)); } = 2;

    /// <summary>What it is for a network.</summary>
    /// <param name="specimen">Borrowed; must outlive what is made of the target.</param>
    /// <exception cref="ArgumentException">There is no such layer, unit or file, or there is not one weight for each unit.</exception>
    public Target For(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        if (Layer is not null) Check.Known(Layer, specimen.LayerNames, "layer");
        if ((Whole || Toward is not null) && Layer is null)
        {
            throw new ArgumentException("A whole layer or a direction is asked for, and no layer is named. Name one.");
        }

        if (Whole) return Target.Of(new LayerObjective(Layer!));
        if (Toward is not null) return Direction(specimen, Layer!, Toward);
        var units = Units ?? All(Layer is null ? LogitSource.Find(specimen).Classes : Width(specimen, Layer));
        return Weights is null ? new Target(Layer, units, Position) : Target.Of(Sum(specimen, units, Weights));
    }

    private Objective Sum(Specimen specimen, IReadOnlyList<long> units, IReadOnlyList<double> weights)
    {
        if (weights.Count != units.Count)
        {
            throw new ArgumentException($"There are {weights.Count} numbers for {units.Count} units; each unit has one weight.");
        }

        var logits = LogitSource.Find(specimen);
        return units
            .Select((unit, i) => weights[i] * (Layer is { } layer
                ? new UnitObjective(layer, unit, Position)
                : (Objective)new ClassObjective(logits, [unit])))
            .Aggregate((sum, next) => sum + next);
    }

    private Target Direction(Specimen specimen, string layer, string toward)
    {
        using var scope = NewDisposeScope();
        var direction = Mean(toward);
        if (AwayFrom is not null) direction -= Mean(AwayFrom);
        string sources = string.Join(' ', new[] { toward, AwayFrom }.OfType<string>().Select(Digest.OfFile));
        return Target.Of(new DirectionObjective(layer, direction, Cosine)) with { Source = Digest.OfText(sources) };

        Tensor Mean(string file)
        {
            if (!File.Exists(file)) throw new ArgumentException($"There is no image file '{file}'.");
            using var frozen = new FrozenSpecimen(specimen, [layer]);
            using var _ = no_grad();
            var picture = Picture.Load(file, (int)specimen.InputShape[1], (int)specimen.InputShape[2]).unsqueeze(0).to(ScalarType.Float32);
            if (specimen.InputShape[0] == 1) picture = picture.mean([1], keepdim: true);
            var activations = frozen.Look(picture)[layer][0];
            return (activations.dim() > 1 ? activations.flatten(1).mean([1]) : activations).clone();
        }
    }

    private static long[] All(int count) => [.. Enumerable.Range(0, count).Select(i => (long)i)];

    /// <summary>How many units a layer has, by one pass.</summary>
    private static int Width(Specimen specimen, string layer)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(specimen.Network);
        using var tap = new ActivationTap(specimen.Network, [layer]);
        tap.Run(zeros([1, .. specimen.InputShape]));
        return (int)tap[layer].shape[1];
    }
}

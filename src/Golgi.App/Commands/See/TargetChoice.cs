using System.CommandLine;
using System.Globalization;
using Golgi.App.Commands.Options;
using Golgi.Ascent.Objectives;
using Golgi.Ascent;
using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>The options that say what is to be increased: classes, units, a layer, or a direction among its
/// units.</summary>
internal sealed class TargetChoice
{
    public Option<string?> Class { get; } = new("--class")
    {
        Description = "Classes of the output: 130, or 0,5,9, or 0..15, or all.",
    };

    public Option<string?> Layer { get; } = new("--layer")
    {
        Description = "Layer whose units are shown instead, by its dotted name; golgi model inspect lists them.",
    };

    public Option<string?> Unit { get; } = new("--unit")
    {
        Description = "Units of the layer, likewise. Default: all.",
    };

    public Option<string?> Weights { get; } = new("--weights")
    {
        Description = "One picture for all classes or units named, each with its weight: 1,0.5 or, for what a unit "
            + "wants least, -1.",
    };

    public Option<bool> Whole { get; } = new("--whole")
    {
        Description = "The whole layer: the mean square of all that it gives (DeepDream).",
    };

    public Option<string?> Toward { get; } = new("--toward")
    {
        Description = "An image file: the direction among the layer's units in which it lies.",
    };

    public Option<string?> AwayFrom { get; } = new("--away-from")
    {
        Description = "An image file that --toward is compared with: the difference of both activations is the "
            + "direction.",
    };

    public Option<double> Cosine { get; } = new("--cosine")
    {
        Description = "Power of the cosine by which a direction is weighted; 0 asks for its length only.",
        DefaultValueFactory = _ => 2,
    };

    public Option<string> Position { get; } = new Option<string>("--position")
    {
        Description = "Where in a map a unit is read: everywhere (the channel's mean), center (one neuron) or "
            + "strongest.",
        DefaultValueFactory = _ => "everywhere",
    }.AcceptOnlyFromAmong("everywhere", "center", "strongest");

    public void AddTo(Command command)
    {
        AwayFrom.OnlyWith(Toward);
        Cosine.OnlyWith(Toward);
        Position.OnlyWith(Layer);
        Option[] all = [Class, Layer, Unit, Weights, Whole, Toward, AwayFrom, Cosine, Position];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="ArgumentException">Options contradict each other, or name what is not there.</exception>
    public Target Read(Session session, Specimen specimen)
    {
        var (layer, unit, classes) = (session.Value(Layer), session.Value(Unit), session.Value(Class));
        if ((layer ?? unit) is not null && classes is not null)
        {
            throw new ArgumentException(
                "--class names classes of the output, --layer and --unit units inside. Give one of both.");
        }

        if (layer is not null) Check.Known(layer, specimen.LayerNames, "layer");
        bool whole = session.Value(Whole);
        string? toward = session.Value(Toward);
        if (whole || toward is not null)
        {
            if (layer is null)
            {
                throw new ArgumentException("--whole and --toward are about a layer. Name it with --layer.");
            }
            if (unit is not null || (whole && toward is not null))
            {
                throw new ArgumentException("Give one of --unit, --whole and --toward.");
            }
            return Target.Of(whole ? new LayerObjective(layer) : Direction(session, specimen, layer, toward!));
        }

        var position = Enum.Parse<UnitPosition>(session.Value(Position), ignoreCase: true);
        if (layer is null && unit is not null)
        {
            throw new ArgumentException(
                "--unit is given without --layer. Name the layer, or use --class for the output.");
        }

        var units = layer is null
            ? new Target(
                null, UnitList.Parse(classes ?? "all", () => LogitSource.Find(specimen).Classes, "--class"), position)
            : new Target(
                layer, UnitList.Parse(unit ?? "all", () => LayerWidth.Of(specimen, layer), "--unit"), position);
        return session.Value(Weights) is { } weights ? Target.Of(Sum(units, weights, specimen)) : units;
    }

    private static Objective Sum(Target target, string text, Specimen specimen)
    {
        double[] weights = [.. text.Split(',').Select(part =>
            double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight)
                ? weight
                : throw new ArgumentException($"--weights is '{text}'; it must be numbers between commas: 1,-0.5."))];
        if (weights.Length != target.Units.Count)
        {
            throw new ArgumentException(
                $"--weights has {weights.Length} numbers for {target.Units.Count} units; each unit has one weight.");
        }

        var logits = LogitSource.Find(specimen);
        return target.Units
            .Select((unit, i) => weights[i] * (target.Layer is { } layer
                ? new UnitObjective(layer, unit, target.Position)
                : (Objective)new ClassObjective(logits, [unit])))
            .Aggregate((sum, next) => sum + next);
    }

    private DirectionObjective Direction(Session session, Specimen specimen, string layer, string toward)
    {
        using var scope = NewDisposeScope();
        var direction = Mean(toward);
        if (session.Value(AwayFrom) is { } away) direction -= Mean(away);
        return new DirectionObjective(layer, direction, session.Value(Cosine));

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
}

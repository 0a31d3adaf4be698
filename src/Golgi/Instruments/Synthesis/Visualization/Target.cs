using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Networks;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>What is to be shown: classes of the output, units of a layer, or whatever raises an objective.</summary>
/// <param name="Layer">A dotted name; null: the output's classes.</param>
/// <param name="Units">0-based, one or more.</param>
/// <param name="Position">Where in a map a unit is read.</param>
public sealed record Target(string? Layer, IReadOnlyList<long> Units, UnitPosition Position = UnitPosition.Everywhere)
{
    /// <summary>The objective of <see cref="Of"/>; null where classes or units are shown.</summary>
    internal Objective? Whole { get; private init; }

    /// <summary>What an objective of <see cref="Of"/> depends on and its words do not say, by a digest: the pictures that a direction was taken
    /// from. Null: nothing. Jobs know pictures again by it.</summary>
    public string? Source { get; init; }

    /// <summary>Classes of the output.</summary>
    public static Target Classes(params IReadOnlyList<long> classes) => new(null, classes);

    /// <summary>Any objective: several units at once, a whole layer, a direction, a code. It has no rank and no
    /// probability.</summary>
    /// <param name="objective">Borrowed; must outlive what is made of it.</param>
    public static Target Of(Objective objective)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return new Target(null, [0]) { Whole = objective };
    }

    /// <summary>What a unit is called.</summary>
    public string Name(Specimen specimen, long unit)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        if (Whole is not null) return Whole.ToString();
        if (Layer is not null) return $"{Layer}:{unit}";
        return unit < specimen.ClassNames.Count ? specimen.ClassNames[(int)unit] : $"class {unit}";
    }

    /// <summary>Its objective.</summary>
    internal Objective For(IReadOnlyList<long> units, LogitSource logits, ClassScale scale) =>
        Whole
            ?? (Layer is null
                ? new ClassObjective(logits, units, scale)
                : scale == ClassScale.Logit
                    ? new UnitObjective(Layer, units, Position)
                    : new ShareObjective(Layer, units, Position, scale));

    /// <summary>The layers that must be read for it.</summary>
    internal IReadOnlyList<string> Layers => Whole?.Layers ?? (Layer is null ? [] : [Layer]);

    /// <summary>What is shown, as runs are known by.</summary>
    internal JsonObject Describe() => Whole is null
        ? new JsonObject
        {
            ["layer"] = Layer,
            ["units"] = JsonSerializer.SerializeToNode(Units, RunJson.Format),
            ["position"] = Layer is null ? null : JsonSerializer.SerializeToNode(Position, RunJson.Format),
        }
        : new JsonObject { ["objective"] = Whole.ToString(), ["source"] = Source };

    /// <summary>Checks that there are such units.</summary>
    /// <exception cref="ArgumentException">There are not.</exception>
    internal void Validate(long known)
    {
        Check.Positive(Units.Count, nameof(Units));
        if (Whole is not null) return;
        foreach (long unit in Units)
        {
            if (unit >= 0 && unit < known) continue;
            string where = Layer is null ? "The network" : $"Layer '{Layer}'";
            throw new ArgumentException(
                $"{where} has {known} {(Layer is null ? "classes" : "units")}; {unit} is not among 0..{known - 1}.");
        }
    }
}

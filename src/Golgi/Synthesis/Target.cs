using Golgi.Models;
using Golgi.Numerics;

namespace Golgi.Synthesis;

/// <summary>Which units are to be shown: classes of the output, or units of a layer.</summary>
/// <param name="Layer">A dotted name; null: the output's classes.</param>
/// <param name="Units">0-based, one or more.</param>
/// <param name="Position">Where in a map a unit is read.</param>
public sealed record Target(string? Layer, IReadOnlyList<long> Units, UnitPosition Position = UnitPosition.Everywhere)
{
    /// <summary>Classes of the output.</summary>
    public static Target Classes(params IReadOnlyList<long> classes) => new(null, classes);

    /// <summary>What a unit is called.</summary>
    public string Name(Specimen specimen, long unit)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        if (Layer is not null) return $"{Layer}:{unit}";
        return unit < specimen.ClassNames.Count ? specimen.ClassNames[(int)unit] : $"class {unit}";
    }

    /// <summary>Its objective.</summary>
    internal Objective For(IReadOnlyList<long> units, LogitSource logits, ClassScale scale) =>
        Layer is null
            ? new ClassObjective(logits, units, scale)
            : scale == ClassScale.Logit
                ? new UnitObjective(Layer, units, Position)
                : new ShareObjective(Layer, units, Position, scale);

    /// <summary>Checks that there are such units.</summary>
    /// <exception cref="ArgumentException">There are not.</exception>
    internal void Validate(long known)
    {
        Check.Positive(Units.Count, nameof(Units));
        foreach (long unit in Units)
        {
            if (unit >= 0 && unit < known) continue;
            string where = Layer is null ? "The network" : $"Layer '{Layer}'";
            throw new ArgumentException($"{where} has {known} {(Layer is null ? "classes" : "units")}; {unit} is not among 0..{known - 1}.");
        }
    }
}

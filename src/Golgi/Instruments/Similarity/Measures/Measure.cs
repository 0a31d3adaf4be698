using Golgi.Foundation;

namespace Golgi.Instruments.Similarity.Measures;

/// <summary>A similarity between two layers over the same samples: larger is more alike, a layer with itself is at the maximum.
/// Distances have names of their own (<see cref="Procrustes.Distance"/>, <see cref="Procrustes.Angle"/>).</summary>
public abstract class Measure
{
    /// <summary>All measures with their defaults, in the order of the documentation.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new Cca(), new Svcca(), new Pwcca(), new LinearCka(), new DebiasedCka(), new BatchedCka(), new RbfCka(), new Procrustes(), new Rsa(),
        new MeanSquaredCca(), new LinearRegression(),
    ];

    /// <summary>The name that commands take: <c>svcca</c>, <c>cka-debiased</c>.</summary>
    public abstract string Name { get; }

    /// <summary>One line for people: what the value is.</summary>
    public abstract string Meaning { get; }

    /// <summary>The distances that belong to a similarity, by their names: 1 − the similarity unless a measure has its own.</summary>
    /// <param name="similarity">In the measure's range.</param>
    public virtual IReadOnlyDictionary<string, double> Distances(double similarity) =>
        new Dictionary<string, double> { [$"1 - {Name}"] = 1 - similarity };

    /// <summary>Range and invariances.</summary>
    public abstract MeasureTraits Traits { get; }

    /// <summary>A measure by its name, with its defaults.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public static Measure Named(string name)
    {
        Check.Known(name, All.Select(measure => measure.Name), "measure");
        return All.First(measure => measure.Name == name);
    }

    /// <summary>Into the measure's range: rounding may lead out of it by a last digit.</summary>
    protected double Clip(double value) => Math.Clamp(value, Traits.Minimum, Traits.Maximum);
}

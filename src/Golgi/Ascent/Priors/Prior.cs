using Golgi.Ascent.Objectives;
using Golgi.Foundation;

namespace Golgi.Ascent.Priors;

/// <summary>What is known of pictures before any network is asked, under a name: an energy with a weight, or a change of the pixels after each
/// step. In a list of changes it replaces the preset's prior of its name.</summary>
public sealed record Prior
{
    /// <summary>Under what name <see cref="Settings"/> has the weight of an energy or an operator's own measure.</summary>
    public const string Amount = "amount";

    private readonly Func<NaturalPatches?, Objective>? energy;

    private Prior(string name, PriorRole role, double weight, Func<NaturalPatches?, Objective>? energy, PixelOperator? change)
    {
        Name = name;
        Role = role;
        Weight = Check.NotNegative(weight, nameof(weight));
        Operator = weight > 0 ? change : null;
        this.energy = energy;
    }

    /// <summary>One of <see cref="PriorCatalog"/>'s names, or another.</summary>
    public string Name { get; }

    /// <summary>What it does.</summary>
    public PriorRole Role { get; }

    /// <summary>The weight of an energy; 0: the prior of this name is taken away.</summary>
    public double Weight { get; }

    /// <summary>The change of the pixels; null for an energy, and where it is taken away.</summary>
    public PixelOperator? Operator { get; }

    /// <summary>The number that a <see cref="PriorKind"/> made it of, under <see cref="Amount"/>, and its parameters; empty for a prior made by
    /// hand.</summary>
    public IReadOnlyDictionary<string, double> Settings { get; init; } = new Dictionary<string, double>();

    /// <summary>An energy, high where pictures are unlikely.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="weight">0 or more; 0 takes it away.</param>
    /// <param name="energy">Borrowed.</param>
    public static Prior OfEnergy(string name, double weight, Objective energy)
    {
        ArgumentNullException.ThrowIfNull(energy);
        return new Prior(name, PriorRole.Energy, weight, _ => energy, null);
    }

    /// <summary>An energy that is made of natural images once the specimen is known.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="weight">0 or more; 0 takes it away.</param>
    /// <param name="make">Makes it; whoever asked for the pictures disposes it if it can be disposed.</param>
    public static Prior OfImages(string name, double weight, Func<NaturalPatches, Objective> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        return new Prior(name, PriorRole.EnergyOfImages, weight, images => make(images!), null);
    }

    /// <summary>A change of the pixels after each step, under its own name.</summary>
    public static Prior OfOperator(PixelOperator change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new Prior(change.Name, PriorRole.Operator, 1, null, change);
    }

    /// <summary>Takes away the operator of a name.</summary>
    public static Prior WithoutOperator(string name) => new(name, PriorRole.Operator, 0, null, null);

    /// <summary>The prior in words.</summary>
    public override string ToString() => Weight == 0 ? $"no {Name}" : Operator?.ToString() ?? (Role == PriorRole.Energy ? $"{Energy(null)}" : Name);

    /// <summary>The energy.</summary>
    /// <param name="images">Needed where its role says so.</param>
    internal Objective Energy(NaturalPatches? images) => energy!(images);
}

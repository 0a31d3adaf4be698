using Golgi.Foundation;

namespace Golgi.Ascent.Priors;

/// <summary>A kind of prior: how one is made from a number and its parameters.</summary>
public sealed class PriorKind
{
    private readonly Func<double, IReadOnlyDictionary<string, double>, Prior> make;

    /// <summary>States a kind.</summary>
    /// <param name="name">Its name; priors that it makes have the same.</param>
    /// <param name="role">What its priors do.</param>
    /// <param name="description">What its number is.</param>
    /// <param name="parameters">What it takes beside it.</param>
    /// <param name="make">Makes a prior from the number and all parameters.</param>
    public PriorKind(
        string name, PriorRole role, string description, IReadOnlyList<PriorParameter> parameters,
        Func<double, IReadOnlyDictionary<string, double>, Prior> make)
    {
        (Name, Role, Description, Parameters) = (name, role, description, parameters);
        this.make = make;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What its priors do.</summary>
    public PriorRole Role { get; }

    /// <summary>What its number is.</summary>
    public string Description { get; }

    /// <summary>What it takes beside its number.</summary>
    public IReadOnlyList<PriorParameter> Parameters { get; }

    /// <summary>Makes a prior.</summary>
    /// <param name="amount">The weight of an energy, or an operator's own measure; 0 takes the prior away.</param>
    /// <param name="parameters">Those that are not as usual.</param>
    /// <exception cref="ArgumentException">The amount is negative, or there is no such parameter.</exception>
    public Prior Make(double amount, params IReadOnlyList<(string Name, double Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Check.NotNegative(amount, Name);
        var values = Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        foreach (var (name, value) in parameters) values[Check.Known(name, values.Keys, $"parameter of {Name}")] = value;
        var prior = Role == PriorRole.Operator && amount == 0 ? Prior.WithoutOperator(Name) : make(amount, values);
        return prior with { Settings = new Dictionary<string, double>(values) { [Prior.Amount] = amount } };
    }
}

using Golgi.Foundation;

namespace Golgi.Ascent.Steps;

/// <summary>Step rules by name. A new rule is its record and a line here.</summary>
public static class RuleCatalog
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<RuleKind> All { get; } =
    [
        new("adam", "about the rate in every coordinate", 0.05, rate => new AdamStep(rate)),
        new("nadam", "Adam that looks one gradient ahead", 0.05, rate => new AdamStep(rate, Nesterov: true)),
        new("constant", "rate times gradient", 100, rate => new ConstantStep(rate)),
        new("normalized", "rate is the average change of a pixel", 1, rate => new NormalizedStep(rate)),
        new("progress", "rate is the rise of the objective, to first order", 2, rate => new ProgressStep(float.MaxValue, rate)),
    ];

    /// <summary>A kind by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public static RuleKind Find(string name)
    {
        Check.Known(name, All.Select(kind => kind.Name), "optimizer");
        return All.First(kind => kind.Name == name);
    }
}

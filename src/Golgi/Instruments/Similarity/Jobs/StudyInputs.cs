using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>The inputs of studies of several networks.</summary>
internal static class StudyInputs
{
    /// <summary>The digests of a network, and of another where there is one, whose names begin with <c>other_</c>.</summary>
    public static Dictionary<string, string> Of(Specimen specimen, Specimen? other) =>
        other is null ? SpecimenInputs.Of(specimen) : Of([("", specimen), ("other_", other)]);

    /// <summary>The digests of several things, their names after what each is called.</summary>
    public static Dictionary<string, string> Of(IEnumerable<(string Prefix, Specimen Specimen)> all) =>
        Of(all.Select(one => (one.Prefix, (IReadOnlyDictionary<string, string>)SpecimenInputs.Of(one.Specimen))));

    /// <inheritdoc cref="Of(IEnumerable{ValueTuple{string, Specimen}})"/>
    public static Dictionary<string, string> Of(IEnumerable<(string Prefix, IReadOnlyDictionary<string, string> Inputs)> all) =>
        all.SelectMany(one => one.Inputs.Select(input => KeyValuePair.Create(one.Prefix + input.Key, input.Value))).ToDictionary();
}

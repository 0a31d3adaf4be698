using System.Text.Json;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Runs;

namespace Golgi.Jobs;

/// <summary>What of a specimen the result of a job depends on, by digests: however it was named, and wherever it lies.</summary>
public static class SpecimenInputs
{
    /// <summary>The digests.</summary>
    /// <param name="specimen">Borrowed.</param>
    /// <returns><c>weights</c>, <c>architecture</c> (the layers' names and kinds), <c>preparation</c>, and <c>data_identity</c> where there are
    /// data.</returns>
    public static Dictionary<string, string> Of(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        var layers = ModuleTree.Walk(specimen.Network).Select(layer => $"{layer.Name} {layer.Module.GetType().Name}");
        var inputs = new Dictionary<string, string>
        {
            ["weights"] = Checkpoint.DigestOf(specimen.Network),
            ["architecture"] = Digest.OfText(string.Join('\n', layers)),
            ["preparation"] = Digest.OfText(JsonSerializer.Serialize(specimen.Preprocessing, RunJson.Format)),
        };
        if (specimen.Data is { } data) inputs["data_identity"] = data.Identity;
        return inputs;
    }
}

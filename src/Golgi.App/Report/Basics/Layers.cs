using Golgi.Networks;

namespace Golgi.App.Report.Basics;

/// <summary>Which layers of a network a dossier looks at.</summary>
internal static class Layers
{
    /// <summary>Examples on which activations are looked at; the same for all sections, so that they agree about dead units.</summary>
    public const int MostExamples = 4000;

    /// <summary>Layers whose activations are looked at: what nonlinearities give, or, in a network without any to be seen, what its
    /// other layers give.</summary>
    /// <param name="most">At the most; of more, some at even distances, the first and the last among them.</param>
    public static IReadOnlyList<string> Activations(LayerTable table, int most)
    {
        var layers = table.Named(LayerRole.Nonlinearity);
        if (layers.Count == 0) layers = table.Named(LayerRole.Linear, LayerRole.Other);
        return Spread(layers, most);
    }

    /// <summary>The layers that are probed: those of <see cref="Activations"/>, then the last of all, the network's output.</summary>
    public static IReadOnlyList<string> Probed(LayerTable table, int most)
    {
        string? output = table.Layers.LastOrDefault(layer => layer.OutputShape.Count > 0)?.Name;
        return output is null ? [] : [.. Activations(table, most).Append(output).Distinct()];
    }

    /// <summary>Elements at even distances, the first and the last among them.</summary>
    public static IReadOnlyList<T> Spread<T>(IReadOnlyList<T> all, int most)
    {
        if (all.Count <= most) return all;
        return [.. Enumerable.Range(0, most).Select(i => all[(int)Math.Round((double)i * (all.Count - 1) / Math.Max(1, most - 1))]).Distinct()];
    }
}

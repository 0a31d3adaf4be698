using Golgi.Data;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Networks;
using Golgi.Networks.Taps;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Reads what layers of a network give over examples, as rows that can be compared.</summary>
public static class LayerActivations
{
    /// <summary>Runs a network over examples and keeps layers' outputs in memory.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="examples">What it is shown, in order. Borrowed.</param>
    /// <param name="layers">Dotted names.</param>
    /// <param name="options">How maps become rows, and how many examples.</param>
    /// <returns>Rows by layer, in the order of the examples; the caller owns them.</returns>
    /// <exception cref="ArgumentException">A layer is not known; the message lists the nearest.</exception>
    public static IReadOnlyDictionary<string, TensorRows> Record(
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        LayerReading? options = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        options ??= new LayerReading();
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var tap = new ActivationTap(specimen.Network, layers);
        var parts = tap.Layers.ToDictionary(layer => layer, _ => new List<Tensor>());
        long places = 1;
        ExamplePass.Run(
            specimen, examples, new PassOptions { Limit = options.Examples }, "activations",
            (_, inputs) =>
            {
                tap.Run(inputs);
                foreach (var (layer, list) in parts)
                {
                    using var rows = LayerRows.From(layer, tap[layer].cpu(), options.Maps);
                    if (rows.RowsPerExample > 1) places = rows.RowsPerExample;
                    list.Add(rows.Values.clone().DetachFromDisposeScope());
                }
            },
            progress, cancellation);
        var result = new Dictionary<string, TensorRows>();
        foreach (var (layer, list) in parts)
        {
            result[layer] = new TensorRows($"{specimen.Name}:{layer}", cat(list)) { RowsPerExample = places };
            foreach (var part in list) part.Dispose();
        }

        return result;
    }

    /// <summary>Runs a network over examples and whitens layers' maps frequency by frequency; of maps only what is kept of their
    /// spectrum is held. Layers of vectors count as maps of one place.</summary>
    /// <param name="most">At most this many frequencies along each side; null: all.</param>
    /// <param name="count">At most this many examples, spread evenly.</param>
    /// <returns>In the order of <paramref name="layers"/>; the caller owns them.</returns>
    /// <exception cref="ArgumentException">A layer is not known, or gives neither maps nor vectors.</exception>
    public static IReadOnlyList<(string Name, SpectralBasis Basis)> Spectra(
        Specimen specimen,
        Examples examples,
        IReadOnlyList<string> layers,
        long? most,
        long count,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(layers);
        using var _ = no_grad();
        using var tap = new ActivationTap(specimen.Network, layers);
        var rows = tap.Layers.ToDictionary(layer => layer, _ => new SpectralRows(most));
        try
        {
            ExamplePass.Run(
                specimen, examples, new PassOptions { Limit = count }, "activations",
                (_, inputs) =>
                {
                    tap.Run(inputs);
                    foreach (var (layer, spectra) in rows) spectra.Add(tap[layer].cpu());
                },
                progress, cancellation);
            return [.. layers.Select(layer => (layer, rows[layer].Whiten()))];
        }
        finally
        {
            foreach (var spectra in rows.Values) spectra.Dispose();
        }
    }

    /// <summary>The layers that comparisons look at if none are named: outputs of nonlinearities, and of the last layer with
    /// weights; for networks without named nonlinearities, of every layer with weights.</summary>
    public static IReadOnlyList<string> Usual(nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var leaves = ModuleTree.Walk(network).Where(entry => !entry.Module.children().Any()).ToArray();
        string[] bent = [.. leaves.Where(entry => IsNonlinearity(entry.Module)).Select(entry => entry.Name)];
        string[] weighted = [.. leaves.Where(entry => entry.Module is Linear or Conv1d or Conv2d or Conv3d).Select(entry => entry.Name)];
        if (bent.Length == 0) return weighted.Length > 0 ? weighted : [.. leaves.Select(entry => entry.Name)];
        return weighted.Length > 0 ? [.. bent, weighted[^1]] : bent;
    }

    /// <summary>The layer that gives one value per class: the last one with weights.</summary>
    public static string Output(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        return Usual(specimen.Network)[^1];
    }

    /// <summary>The examples that a network is compared on: its test set.</summary>
    /// <returns>Borrowed from the specimen.</returns>
    /// <exception cref="ArgumentException">The specimen comes without data.</exception>
    public static Examples Shown(Specimen specimen)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        return specimen.Data?.Test ?? throw new ArgumentException($"{specimen.Name} comes without data. Name a data set with --data.");
    }

    /// <summary>Checks layer names against a network, or finds the usual ones.</summary>
    /// <param name="names">Names; empty: the usual layers.</param>
    /// <exception cref="ArgumentException">One is not known; the message lists the nearest.</exception>
    public static IReadOnlyList<string> Resolve(Specimen specimen, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(names);
        foreach (string name in names) Check.Known(name, specimen.LayerNames, "layer", nameof(names));
        return names.Count > 0 ? names : Usual(specimen.Network);
    }

    /// <summary>Whitens recorded rows, once for all comparisons.</summary>
    internal static Basis Whitened(TensorRows rows) => Basis.Of(FiniteRows.Require(rows.Name, rows.Values, 0));

    private static bool IsNonlinearity(nn.Module module) =>
        module is ReLU or ReLU6 or LeakyReLU or ELU or SELU or GELU or SiLU or Tanh or Sigmoid or Softplus or Hardswish or Mish;
}

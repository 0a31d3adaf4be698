using Golgi.Activations;
using Golgi.Models;
using static TorchSharp.torch;

namespace Golgi.Synthesis;

/// <summary>Finds layers by what they give.</summary>
internal static class CodeLayers
{
    /// <summary>The last layer before the logits: the last one called whose output has another size than the
    /// classes'.</summary>
    public static string BeforeLogits(Specimen specimen)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var frozen = new Frozen(specimen.Network);
        using var tap = new ActivationTap(specimen.Network, specimen.LayerNames);
        var preprocessing = specimen.Preprocessing with { ShorterSide = 0, Crop = 0 };
        long classes = tap.Run(preprocessing.Apply(full([1, .. specimen.InputShape], 127.5))).numel();
        foreach (string name in specimen.LayerNames.Reverse())
        {
            try
            {
                if (tap[name].numel() != classes) return name;
            }
            catch (InvalidOperationException)
            {
                continue; // a layer that this pass did not call
            }
        }

        throw new ArgumentException(
            $"{specimen.Name} has no layer before its output; name the layer that gives the codes.");
    }
}

using Golgi.Ascent.Objectives;
using Golgi.Networks;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

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
        var preprocessing = specimen.Preprocessing with { ShorterSide = 0, Crop = 0 };
        var called = new List<(string Name, long Size)>();
        LayerHook[] hooks =
        [
            .. specimen.LayerNames.Select(name => LayerHook.Attach(specimen.Layer(name), name, (_, output) =>
            {
                called.Add((name, output.numel()));
                return null;
            })),
        ];
        long classes;
        try
        {
            classes = specimen.Network.call(preprocessing.Apply(full([1, .. specimen.InputShape], 127.5))).numel();
        }
        finally
        {
            foreach (var hook in hooks) hook.Dispose();
        }

        return called.FindLast(layer => layer.Size != classes).Name
            ?? throw new ArgumentException($"{specimen.Name} has no layer before its output; name the layer that gives the codes.");
    }
}

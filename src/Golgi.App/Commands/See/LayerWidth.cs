using Golgi.Networks;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.App.Commands.See;

/// <summary>How many units a layer has, by one pass.</summary>
internal static class LayerWidth
{
    public static long Of(Specimen specimen, string layer)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(specimen.Network);
        using var tap = new ActivationTap(specimen.Network, [layer]);
        tap.Run(zeros([1, .. specimen.InputShape]));
        return tap[layer].shape[1];
    }
}

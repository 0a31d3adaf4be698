using Golgi.Foundation;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>Freeze training: layers stop learning from the bottom up, and the backward pass ends where learning ends.</summary>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), section 4: layer i of L is frozen once i/L of training is over. A frozen layer's
/// parameters ask for no gradient, so that autograd does not go below the lowest live layer; the optimizer leaves their
/// coordinates alone, moments and weight decay included; its batch normalization, which counts as part of the layer before,
/// keeps its statistics. For weights that are their own coordinates (<see cref="Direct"/>), in the order of the forward pass.
/// The state depends on the step alone, so a resumed run is the same to the bit.</remarks>
public sealed class FreezeSchedule
{
    private readonly List<(long End, Parameter[] Parameters, nn.Module[] Normalizations)> layers = [];
    private readonly long totalSteps;
    private readonly Optimizer optimizer;

    /// <summary>The linear schedule for a network.</summary>
    /// <param name="weights">The network's weights. Borrowed.</param>
    /// <param name="optimizer">Over these weights themselves. Borrowed.</param>
    /// <param name="totalSteps">Steps of the whole training.</param>
    public FreezeSchedule(WeightVector weights, Optimizer optimizer, long totalSteps)
    {
        ArgumentNullException.ThrowIfNull(weights);
        this.optimizer = optimizer;
        this.totalSteps = Check.Positive(totalSteps);
        var modules = weights.Module.named_modules().ToDictionary(entry => entry.name, entry => entry.module);
        var parameters = weights.Module.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        foreach (var group in weights.Segments.GroupBy(segment => Owner(segment.Name)))
        {
            var owner = modules[group.Key];
            Parameter[] own = [.. group.Select(segment => parameters[segment.Name])];
            long end = group.Max(segment => segment.Offset + segment.Length);
            bool normalization = owner is BatchNorm1d or BatchNorm2d or BatchNorm3d;
            if (normalization && layers.Count > 0)
            {
                var (_, before, statistics) = layers[^1];
                layers[^1] = (end, [.. before, .. own], [.. statistics, owner]);
            }
            else
            {
                layers.Add((end, own, normalization ? [owner] : []));
            }
        }
    }

    /// <summary>Layers that can be frozen, L.</summary>
    public int Layers => layers.Count;

    /// <summary>How many layers are frozen at a step.</summary>
    public int FrozenAt(long step) => (int)Math.Min(Layers, step * Layers / totalSteps);

    /// <summary>Brings network and optimizer to the state of a step; hand it to <see cref="TrainingLoop.BeforeStep"/>.</summary>
    public void Apply(long step)
    {
        int frozen = FrozenAt(step);
        for (int i = 0; i < layers.Count; i++)
        {
            foreach (var parameter in layers[i].Parameters)
            {
                if (parameter.requires_grad == i < frozen) parameter.requires_grad_(i >= frozen);
            }

            foreach (var normalization in layers[i].Normalizations) normalization.train(i >= frozen);
        }

        optimizer.LiveFrom = frozen == 0 ? 0 : layers[frozen - 1].End;
    }

    /// <summary>Makes every layer learn again.</summary>
    public void Release() => Apply(0);

    private static string Owner(string parameter) => parameter.LastIndexOf('.') is var dot and >= 0 ? parameter[..dot] : "";
}

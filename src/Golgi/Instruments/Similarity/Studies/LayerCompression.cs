using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Networks.Layers;
using Golgi.Training.Tasks;
using Golgi.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Makes layers physically smaller: W x + b becomes (W B)(Aᵀx) + b + W μ − W B Aᵀμ on a few directions of x.</summary>
/// <remarks>Raghu et al. 2017 (arXiv 1706.05806), section 5, with the mean folded into the bias. A layer out × n becomes k × n and
/// out × k, which is smaller only where k &lt; out·n/(out + n); where it is not, the layer stays as it is. A convolution becomes one of
/// 1×1 onto k channels and one constant channel, which carries the mean and is 0 where the maps are padded, and the convolution of
/// those: exact at the borders too.</remarks>
internal static class LayerCompression
{
    private const int FewestInputs = 32, FewestChannels = 8;

    /// <summary>The layers that can be compressed: dense ones with at least 32 inputs and convolutions with at least 8 channels, where
    /// they follow another layer.</summary>
    /// <exception cref="ArgumentException">The network is not a plain sequence of layers, or has no such layer.</exception>
    public static IReadOnlyList<string> Layers(nn.Module<Tensor, Tensor> network) => [.. Compressible(Sequence(network)).Select(entry => entry.Name)];

    /// <summary>Accuracy against size, for all sources of directions, each point once.</summary>
    /// <param name="specimen">A sequence of layers, with its data. Borrowed and not changed.</param>
    /// <param name="twin">Another network on the same data, or null. Borrowed.</param>
    internal static IReadOnlyList<CompressionPoint> Curve(Specimen specimen, Specimen? twin, CompressLayersOptions options, JobContext context)
    {
        var test = LayerActivations.Shown(specimen);
        var network = Sequence(specimen.Network);
        var layers = Compressible(network);
        string output = network.named_children().Last(child => child.module is Linear).name;
        var fitted = layers.ToDictionary(
            entry => entry.Name,
            entry => FittedDirections.Fit(specimen, twin, specimen.Data!.Train, entry.Before, output, options.Seed, context.Cancellation));
        var points = new List<CompressionPoint>();
        long whole = Weights(network);
        var sources = fitted.Values.First().Sources.Select(source => source.Source).ToArray();
        try
        {
            foreach (var source in sources)
            {
                for (int i = 0; i < options.Shares.Count; i++)
                {
                    double share = options.Shares[i];
                    points.Add(context.Once($"{source}-{i}", () => Point(source, share)));
                    context.Progress?.Report(new WorkProgress("compression", points.Count, sources.Length * options.Shares.Count));
                }
            }
        }
        finally
        {
            foreach (var entry in fitted.Values) entry.Dispose();
        }

        return points;

        CompressionPoint Point(DirectionSource source, double share)
        {
            var chosen = fitted.ToDictionary(
                entry => entry.Key, entry => (entry.Value.Sources.First(s => s.Source == source), Kept(entry.Value.Features, share)));
            using var smaller = Compress(network, chosen);
            var found = Evaluator.Evaluate(
                LearningTask.For(test), smaller, test, specimen.Preprocessing, cancellation: context.Cancellation);
            return new CompressionPoint(source, share, Weights(smaller), Weights(smaller) / (double)whole, found.Primary);
        }
    }

    /// <summary>A smaller network; layers that are not named are copied.</summary>
    /// <param name="network">Borrowed and not changed.</param>
    /// <param name="chosen">Per layer, directions of its inputs and how many are kept.</param>
    /// <returns>The caller owns it.</returns>
    internal static LayerSequence Compress(
        LayerSequence network, IReadOnlyDictionary<string, (LayerDirections Directions, long Kept)> chosen)
    {
        using var _ = no_grad();
        var layers = new List<(string, nn.Module<Tensor, Tensor>)>();
        foreach (var (name, layer) in network.named_children().Zip(network.Layers, (named, layer) => (named.name, layer)))
        {
            if (!chosen.TryGetValue(name, out var part))
            {
                layers.Add((name, Copy(layer)));
                continue;
            }

            long kept = Math.Min(part.Kept, part.Directions.Count);
            layers.AddRange(layer switch
            {
                Linear full when Smaller(full, kept) => Split(name, full, part.Directions, kept),
                Conv2d full when Smaller(full, kept) => Split(name, full, part.Directions, kept),
                _ => [(name, Copy(layer))],
            });
        }

        var smaller = new LayerSequence(network.GetName(), layers);
        smaller.eval();
        return smaller;
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Split(string name, Linear full, LayerDirections directions, long k)
    {
        using var scope = NewDisposeScope();
        var a = directions.Encode.narrow(1, 0, k);
        var weight = full.weight.to(ScalarType.Float64);
        var outer = weight.mm(directions.Decode.narrow(1, 0, k)); // [out, k]
        var bias = weight.mv(directions.Mean) - outer.mv(a.t().mv(directions.Mean));
        if (full.bias is { } own) bias = bias + own.to(ScalarType.Float64);
        var first = nn.Linear(full.weight.shape[1], k, hasBias: false);
        var second = nn.Linear(k, full.weight.shape[0]);
        first.weight.copy_(a.t());
        second.weight.copy_(outer);
        second.bias!.copy_(bias);
        return [($"{name}_reduce", first), ($"{name}_expand", second)];
    }

    private static IEnumerable<(string, nn.Module<Tensor, Tensor>)> Split(string name, Conv2d full, LayerDirections directions, long k)
    {
        var shape = full.weight!.shape; // [out, channels, height, width]
        var first = nn.Conv2d(shape[1], k + 1, 1);
        var second = nn.Conv2d(
            k + 1, shape[0], (shape[2], shape[3]), Two(full.stride), Two(full.padding), Two(full.dilation), bias: full.bias is not null);

        using var scope = NewDisposeScope(); // not earlier: it would take the modules' parameters with it
        var a = directions.Encode.narrow(1, 0, k);
        var b = directions.Decode.narrow(1, 0, k);
        var rest = directions.Mean - b.mv(a.t().mv(directions.Mean)); // x ≈ B Aᵀx + rest
        first.weight!.zero_();
        first.weight.narrow(0, 0, k).copy_(a.t().view(k, -1, 1, 1));
        first.bias!.zero_();
        first.bias.narrow(0, k, 1).fill_(1);
        var weight = full.weight.to(ScalarType.Float64);
        second.weight!.copy_(einsum("oihw,ik->okhw", weight, cat([b, rest.unsqueeze(1)], 1)));
        if (full.bias is not null) second.bias!.copy_(full.bias);
        return [($"{name}_reduce", first), ($"{name}_expand", second)];
    }

    private static (long, long) Two(long[]? sides) => sides is [var height, var width] ? (height, width) : (sides![0], sides[0]);

    private static nn.Module<Tensor, Tensor> Copy(nn.Module<Tensor, Tensor> layer)
    {
        switch (layer)
        {
            case Linear linear:
                var dense = nn.Linear(linear.weight.shape[1], linear.weight.shape[0], hasBias: linear.bias is not null);
                dense.weight.copy_(linear.weight);
                if (linear.bias is not null) dense.bias!.copy_(linear.bias);
                return dense;
            default:
                // As a function: a module in a field would be registered, and disposed with the smaller network.
                return new Shared(layer.call, layer.parameters().Sum(parameter => parameter.numel()));
        }
    }

    private static bool Smaller(Linear full, long k) => k * (full.weight.shape[0] + full.weight.shape[1]) < full.weight.numel();

    private static bool Smaller(Conv2d full, long k) =>
        (k + 1) * (full.weight!.shape[1] + 1 + (full.weight.numel() / full.weight.shape[1])) < full.weight.numel();

    private static long Kept(long features, double share) => Math.Max(1, (long)Math.Round(share * features));

    private static long Weights(LayerSequence network) => network.parameters().Sum(parameter => parameter.numel())
        + network.Layers.OfType<Shared>().Sum(layer => layer.Weights);

    private static LayerSequence Sequence(nn.Module<Tensor, Tensor> network) =>
        network as LayerSequence
        ?? throw new ArgumentException(
            $"{network.GetName()} is not a plain sequence of layers; compression takes networks such as lenet-300-100, fc-..., lenet5 or conv2.");

    private static List<(string Name, string Before)> Compressible(LayerSequence network)
    {
        string[] names = [.. network.named_children().Select(child => child.name)];
        List<(string, string)> result =
        [
            .. Enumerable.Range(2, Math.Max(0, names.Length - 2)).Where(i => Wide(network.Layers[i])).Select(i => (names[i], names[i - 1])),
        ];
        return result.Count > 0
            ? result
            : throw new ArgumentException(
                $"The network has no dense layer with {FewestInputs} or more inputs, nor a convolution with {FewestChannels} or more channels, that "
                    + "follows another layer.");
    }

    private static bool Wide(nn.Module<Tensor, Tensor> layer) => layer switch
    {
        Linear dense => dense.weight.shape[1] >= FewestInputs,
        Conv2d { groups: 1 } convolution => convolution.weight!.shape[1] >= FewestChannels,
        _ => false,
    };

    // A layer of the original, which stays its owner.
    private sealed class Shared(Func<Tensor, Tensor> layer, long weights) : nn.Module<Tensor, Tensor>("shared")
    {
        public long Weights => weights;

        public override Tensor forward(Tensor input) => layer(input);
    }
}

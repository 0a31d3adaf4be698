using System.Globalization;
using System.Text.RegularExpressions;
using Golgi.Foundation;
using Golgi.Networks.Layers;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Networks.Catalog;

/// <summary>The reference networks of the papers, built by name. Input size, channels and number of outputs follow the
/// data.</summary>
public static partial class ModelCatalog
{
    private const long MostWeights = 500_000_000; // 2 GB in one layer: a slip of the pen
    private const int MostLayers = 1202; // the deepest of He et al. 2015
    private const string Glorot = "glorot-normal", Kaiming = "kaiming-normal";
    private static readonly long[] Mnist = [1, 28, 28], Cifar = [3, 32, 32];

    private static readonly Dictionary<string, (Architecture Entry, Action<LayerBuilder, int> Layers)> Plain = new[]
    {
        Entry("softmax", Glorot, Mnist,
            "Softmax regression: one matrix.",
            (net, classes) => net.Dense(classes)),
        Entry("lenet-300-100", Glorot, Mnist,
            "Fully connected, 300 and 100 hidden units (LeCun et al. 1998); the FC network of Zhou et al. 2019.",
            (net, classes) => net.Dense(300).Relu().Dense(100).Relu().Dense(classes)),
        Entry("lenet5", Glorot, Mnist,
            "Caffe's LeNet: 20 and 50 filters of 5×5, each with 2×2 maxima and no rectification, then 500 hidden units.",
            (net, classes) => net.Conv(20, 5, same: false).Pool().Conv(50, 5, same: false).Pool()
                .Dense(500).Relu().Dense(classes)),
        Entry("lenet-6-16-120-84", Kaiming, Mnist,
            "LeNet of Li et al. 2018: 6 and 16 filters of 5×5 with 2×2 maxima, then 120 and 84 units.",
            (net, classes) => net.Conv(6, 5, same: false).Relu().Pool().Conv(16, 5, same: false).Relu().Pool()
                .Dense(120).Relu().Dense(84).Relu().Dense(classes)),
        Entry("lenet-6-16-120-84-untied", Kaiming, Mnist,
            "The same with kernels of their own at every place (Li et al. 2018): what sharing weights is worth.",
            (net, classes) => net.Untied(6, 5).Relu().Pool().Untied(16, 5).Relu().Pool()
                .Dense(120).Relu().Dense(84).Relu().Dense(classes)),
        Entry("lenet-6-16-120-84-full", Kaiming, Mnist,
            "The same with fully connected layers instead of convolutions, of the same outputs (Li et al. 2018).",
            (net, classes) => net.DensePictures(6, 5).Relu().Pool().DensePictures(16, 5).Relu().Pool()
                .Dense(120).Relu().Dense(84).Relu().Dense(classes)),
        Entry("conv2", Glorot, Cifar,
            "Frankle and Carbin's: two 3×3 convolutions of 64, maxima, then 256 and 256 units.",
            (net, classes) => Head(Pair(net, 64), classes)),
        Entry("conv4", Glorot, Cifar,
            "Conv-2 and two 3×3 convolutions of 128 with maxima.",
            (net, classes) => Head(Pair(Pair(net, 64), 128), classes)),
        Entry("conv6", Glorot, Cifar,
            "Conv-4 and two 3×3 convolutions of 256 with maxima.",
            (net, classes) => Head(Pair(Pair(Pair(net, 64), 128), 256), classes)),
        Entry("cnn-small", Kaiming, Mnist,
            "Ours, for quick looks: 12 filters of 5×5, 24 and 48 of 3×3, each with 2×2 maxima, then 64 units.",
            (net, classes) => net.Conv(12, 5, same: true).Relu().Pool().Conv(24, 3, same: true).Relu().Pool()
                .Conv(48, 3, same: true).Relu().Pool().Dense(64).Relu().Dense(classes)),
    }.ToDictionary(entry => entry.Entry.Name);

    /// <summary>All entries; the families <c>fc-A-B-...-Z</c> and <c>resnetN</c> (N = 6n + 2) stand for any
    /// member.</summary>
    public static IReadOnlyList<Architecture> All { get; } =
    [
        new("fc-A-B-...-Z",
            "Fully connected with any list of widths: fc-784-300-100-10. A: the input's size, Z: the classes.",
            Glorot, Mnist, 10),
        .. Plain.Values.Select(entry => entry.Entry),
        new("resnet20",
            "Residual network for CIFAR of 20 layers, shortcuts without weights (He et al. 2015); also resnet32, 44, 110.",
            Kaiming, Cifar, 10),
        new("resnet56", "The same with 56 layers.", Kaiming, Cifar, 10),
    ];

    /// <summary>True for names that <see cref="Build"/> understands.</summary>
    public static bool Knows(string name) =>
        Plain.ContainsKey(name) || Widths().IsMatch(name) || Depth(name) is not null;

    /// <summary>The catalog's entry for a name.</summary>
    /// <exception cref="ArgumentException">There is no such model; the message names the nearest.</exception>
    public static Architecture Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Plain.TryGetValue(name, out var plain)) return plain.Entry;
        if (Widths().IsMatch(name))
        {
            long[] widths = WidthsOf(name);
            long[] shape = widths[0] == LayerBuilder.Size(Mnist) ? Mnist : [widths[0]];
            return All[0] with { Name = name, InputShape = shape, Classes = (int)widths[^1] };
        }

        if (Depth(name) is not null) return All[^2] with { Name = name };
        Check.Known(name, All.Select(entry => entry.Name), "model");
        throw new ArgumentException($"'{name}' is a pattern; write the widths: fc-784-300-100-10.", nameof(name));
    }

    /// <summary>Builds a network with its first weights.</summary>
    /// <param name="name">A name of <see cref="All"/>, or a member of its families.</param>
    /// <param name="inputShape">The shape of one input: [C, H, W] or [F].</param>
    /// <param name="classes">Number of outputs, 1 or more.</param>
    /// <param name="initialization">A name of <see cref="Initialization.Names"/>; null: the one of the network's
    /// source.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <returns>From [N, ...inputShape] to logits [N, classes], float32 on the CPU, in training mode; the caller owns
    /// it.
    /// Layers are named conv1, relu1, pool1, flatten, fc1, ... in their order.</returns>
    /// <exception cref="ArgumentException">No such model or initialization, or the model does not fit the input or the
    /// classes.</exception>
    public static nn.Module<Tensor, Tensor> Build(
        string name, IReadOnlyList<long> inputShape, int classes, string? initialization, long seed)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Check.Positive(classes);
        foreach (long side in inputShape) Check.Positive(side, nameof(inputShape));
        var entry = Find(name); // refuses unknown names whatever the initialization
        string chosen = Initialization.Canonical(initialization ?? entry.Initialization);

        var network = Seeds.Build(seed, () => Layers(name, inputShape, classes)); // the constructors draw, in vain
        Initialization.Apply(network, chosen, seed);
        return network;
    }

    private static LayerSequence Layers(string name, IReadOnlyList<long> inputShape, int classes)
    {
        if (Depth(name) is { } depth) return Residual(name, depth, inputShape, classes);
        var builder = new LayerBuilder(name, inputShape);
        if (Plain.TryGetValue(name, out var plain)) plain.Layers(builder, classes);
        else FullyConnected(builder, name, inputShape, classes);
        return builder.Build();
    }

    private static void FullyConnected(LayerBuilder builder, string name, IReadOnlyList<long> inputShape, int classes)
    {
        long[] widths = WidthsOf(name);
        long inputs = LayerBuilder.Size(inputShape);
        if (widths[0] != inputs || widths[^1] != classes)
        {
            string right = string.Join('-', [inputs, .. widths[1..^1], classes]);
            throw new ArgumentException(
                $"{name} takes {widths[0]} inputs and gives {widths[^1]} outputs; the data have {inputs} "
                + $"({Check.Describe([.. inputShape])}) and {classes} classes. Use fc-{right}.", nameof(name));
        }

        foreach (long width in widths[1..^1]) builder.Dense(width).Relu();
        builder.Dense(classes);
    }

    private static long[] WidthsOf(string name)
    {
        long[] widths = [.. name.Split('-').Skip(1).Select(width => long.Parse(width, CultureInfo.InvariantCulture))];
        foreach (long width in widths) Check.Positive(width, name);
        long largest = widths.Zip(widths.Skip(1), (a, b) => a * b).Max();
        return largest <= MostWeights
            ? widths
            : throw new ArgumentException(
                $"{name} has a layer of {largest:N0} weights; a layer may have at most {MostWeights:N0}.", nameof(name));
    }

    private static LayerSequence Residual(string name, int depth, IReadOnlyList<long> inputShape, int classes) =>
        inputShape is [var channels, >= 4, >= 4]
            ? ResidualNetwork.Build(depth, channels, classes)
            : throw new ArgumentException(
                $"{name} looks at images [C, H, W] of at least 4×4; the input is {Check.Describe([.. inputShape])}.",
                nameof(inputShape));

    private static LayerBuilder Pair(LayerBuilder net, long filters) =>
        net.Conv(filters, 3, same: true).Relu().Conv(filters, 3, same: true).Relu().Pool();

    private static void Head(LayerBuilder net, int classes) => net.Dense(256).Relu().Dense(256).Relu().Dense(classes);

    private static (Architecture Entry, Action<LayerBuilder, int> Layers) Entry(
        string name, string initialization, long[] shape, string description, Action<LayerBuilder, int> layers) =>
        (new Architecture(name, description, initialization, shape, 10), layers);

    private static int? Depth(string name) =>
        ResidualName().Match(name) is { Success: true } match
        && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var depth and >= 8 and <= MostLayers && (depth - 2) % 6 == 0
            ? depth
            : null;

    [GeneratedRegex(@"^fc(-\d{1,9}){2,}$")]
    private static partial Regex Widths();

    [GeneratedRegex(@"^resnet(\d{1,4})$")]
    private static partial Regex ResidualName();
}

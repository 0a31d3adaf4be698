using Golgi.Foundation;
using Golgi.Networks.Layers;
using static TorchSharp.torch;

namespace Golgi.Networks.Catalog;

/// <summary>Writes a network down layer by layer, keeps account of the shape, and names the layers: conv1, relu1,
/// pool1, flatten, fc1.</summary>
/// <param name="model">The network's name, for messages.</param>
/// <param name="inputShape">[C, H, W] or [F].</param>
internal sealed class LayerBuilder(string model, IReadOnlyList<long> inputShape)
{
    private readonly List<(string Name, nn.Module<Tensor, Tensor> Layer)> layers = [];
    private readonly Dictionary<string, int> numbers = [];
    private long[] shape = [.. inputShape];

    /// <summary>A convolution with stride 1; <paramref name="same"/> pads so that the picture keeps its size.</summary>
    public LayerBuilder Conv(long filters, long kernel, bool same)
    {
        RequireImages();
        long padding = same ? kernel / 2 : 0;
        long channels = shape[0];
        Resize(filters, side => side + (2 * padding) - kernel + 1);
        return Add("conv", nn.Conv2d(channels, filters, kernel, padding: padding));
    }

    /// <summary>A convolution with kernels of its own at every place.</summary>
    public LayerBuilder Untied(long filters, long kernel)
    {
        RequireImages();
        long[] before = shape;
        Resize(filters, side => side - kernel + 1);
        return Add("conv", new UntiedConvolution(before, filters, kernel));
    }

    /// <summary>A fully connected layer with the outputs of a convolution, arranged as pictures again.</summary>
    public LayerBuilder DensePictures(long filters, long kernel)
    {
        RequireImages();
        long[] before = shape;
        Resize(filters, side => side - kernel + 1);
        long[] after = shape;
        shape = before;
        Dense(Size(after));
        shape = after;
        return Add("pictures", nn.Unflatten(1, after));
    }

    /// <summary>Rectification, as a layer of its own so that it can be read.</summary>
    public LayerBuilder Relu() => Add("relu", nn.ReLU());

    /// <summary>The maximum over windows of 2×2; an odd last row or column is left out.</summary>
    public LayerBuilder Pool()
    {
        RequireImages();
        Resize(shape[0], side => side / 2);
        return Add("pool", nn.MaxPool2d(2));
    }

    /// <summary>A fully connected layer; pictures are flattened before the first one.</summary>
    public LayerBuilder Dense(long width)
    {
        if (shape.Length > 1)
        {
            int number = numbers["flatten"] = numbers.GetValueOrDefault("flatten") + 1;
            layers.Add((number == 1 ? "flatten" : $"flatten{number}", nn.Flatten()));
            shape = [Size(shape)];
        }

        long inputs = shape[0];
        shape = [width];
        return Add("fc", nn.Linear(inputs, width));
    }

    /// <summary>The network.</summary>
    public LayerSequence Build() => new(model, layers);

    /// <summary>How many numbers one input has.</summary>
    public static long Size(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, side) => product * side);

    private LayerBuilder Add(string kind, nn.Module<Tensor, Tensor> layer)
    {
        int number = numbers[kind] = numbers.GetValueOrDefault(kind) + 1;
        layers.Add(($"{kind}{number}", layer));
        return this;
    }

    private void RequireImages()
    {
        if (shape.Length == 3) return;
        throw new ArgumentException(
            $"{model} looks at images [C, H, W]; the input is {Check.Describe([.. inputShape])}. "
            + "A network of kind fc-... takes any shape.");
    }

    private void Resize(long channels, Func<long, long> side)
    {
        shape = [channels, side(shape[1]), side(shape[2])];
        if (shape[1] > 0 && shape[2] > 0) return;
        throw new ArgumentException(
            $"Images of {inputShape[1]}×{inputShape[2]} are too small for {model}: "
            + $"its layer {layers.Count + 1} would have no output. Use larger ones.");
    }
}

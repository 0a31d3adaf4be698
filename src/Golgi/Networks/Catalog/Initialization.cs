using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Networks.Catalog;

/// <summary>The named ways to draw a network's first weights.</summary>
/// <remarks>Kernels are parameters with two or more dimensions [out, in, ...]; fan in is the number of inputs of one
/// output, fan
/// out the number of outputs that one input reaches. Under every name but <c>torch</c>, biases become 0 and
/// normalization
/// layers 1 and 0. Numbers come from <see cref="Philox"/>, stream i for the i-th kernel: a seed names the same weights
/// on
/// every machine. Exceptions: <c>orthogonal</c> also depends on the machine's matrix decomposition, and <c>torch</c>
/// draws with
/// torch's generator.</remarks>
public static class Initialization
{
    /// <summary>What the constructors of torch's layers draw.</summary>
    public const string Torch = "torch";

    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["kaiming"] = "kaiming-normal",
        ["he-normal"] = "kaiming-normal",
        ["he-uniform"] = "kaiming-uniform",
        ["xavier-normal"] = "glorot-normal",
        ["xavier-uniform"] = "glorot-uniform",
    };

    /// <summary>All names; <c>kaiming</c>, <c>he-normal</c>, <c>he-uniform</c>, <c>xavier-normal</c> and
    /// <c>xavier-uniform</c> are understood too.</summary>
    /// <remarks><list type="bullet">
    /// <item><c>glorot-normal</c>: N(0, 2 / (fan in + fan out)); Glorot and Bengio 2010.</item>
    /// <item><c>glorot-uniform</c>: the same variance, uniform.</item>
    /// <item><c>kaiming-normal</c>: N(0, 2 / fan in); He, Zhang, Ren and Sun 2015, arXiv 1502.01852.</item>
    /// <item><c>kaiming-uniform</c>: the same variance, uniform.</item>
    /// <item><c>lecun-normal</c>: N(0, 1 / fan in).</item>
    /// <item><c>orthogonal</c>: orthonormal rows or columns of the kernel as a matrix [out, in · ...]; Saxe et al.
    /// 2013, arXiv 1312.6120.</item>
    /// <item><c>torch</c>: as the constructors of torch's linear and convolutional layers do it: kernels and biases
    /// uniform within
    /// ±1/√(fan in); the values are those of a layer built after <c>manual_seed</c>.</item>
    /// </list></remarks>
    public static IReadOnlyList<string> Names { get; } =
        ["glorot-normal", "glorot-uniform", "kaiming-normal", "kaiming-uniform", "lecun-normal", "orthogonal", Torch];

    /// <summary>The name in <see cref="Names"/> for a name or another spelling of it.</summary>
    /// <exception cref="ArgumentException">There is no such initialization; the message names the nearest.</exception>
    public static string Canonical(string name) =>
        Aliases.TryGetValue(name, out string? known) ? known : Check.Known(name, Names, "initialization");

    /// <summary>Draws all weights of a module anew, in place.</summary>
    /// <param name="module">Any module.</param>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <exception cref="ArgumentException">There is no such initialization.</exception>
    public static void Apply(nn.Module module, string name, long seed)
    {
        ArgumentNullException.ThrowIfNull(module);
        string canonical = Canonical(name);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var generator = new Generator((ulong)seed);
        ulong stream = 0;
        foreach (var (_, layer) in module.named_modules())
        {
            double fanIn = 1; // of the layer's kernel, which comes before its bias
            foreach (var (parameter, values) in layer.named_parameters(recurse: false))
            {
                if (values.dim() >= 2)
                {
                    fanIn = FanIn(values);
                    if (canonical == Torch) LikeTorch(values, fanIn, generator);
                    else Draw(values, canonical, new Philox((ulong)seed, stream++));
                }
                else if (parameter == "weight") values.fill_(1);
                else if (canonical == Torch && fanIn > 1) LikeTorch(values, fanIn, generator);
                else values.zero_();
            }
        }
    }

    /// <summary>Draws one kernel anew, in place.</summary>
    /// <param name="kernel">[out, in, ...]; change it under <c>no_grad</c>.</param>
    /// <param name="name">One of <see cref="Names"/> but <c>torch</c>.</param>
    /// <param name="rng">Where the numbers come from, from its stream's start.</param>
    /// <exception cref="ArgumentException">There is no such initialization, or the kernel has fewer than two
    /// dimensions.</exception>
    public static void Draw(Tensor kernel, string name, Philox rng)
    {
        Check.Shape(kernel, "[O, I, ...]");
        ArgumentNullException.ThrowIfNull(rng);
        using var scope = NewDisposeScope();
        double fanIn = FanIn(kernel), fanOut = (double)kernel.numel() / kernel.shape[1];
        kernel.copy_(Canonical(name) switch
        {
            "glorot-normal" => Normal(kernel.shape, rng).mul_(Math.Sqrt(2 / (fanIn + fanOut))),
            "kaiming-normal" => Normal(kernel.shape, rng).mul_(Math.Sqrt(2 / fanIn)),
            "lecun-normal" => Normal(kernel.shape, rng).mul_(Math.Sqrt(1 / fanIn)),
            "glorot-uniform" => Uniform(kernel.shape, Math.Sqrt(6 / (fanIn + fanOut)), rng),
            "kaiming-uniform" => Uniform(kernel.shape, Math.Sqrt(6 / fanIn), rng),
            "orthogonal" => Orthogonal(kernel.shape, rng),
            _ => throw new ArgumentException(
                $"'{name}' draws layers, not kernels; use Initialization.Apply.", nameof(name)),
        });
    }

    private static double FanIn(Tensor kernel) => (double)kernel.numel() / kernel.shape[0];

    private static Tensor Normal(long[] shape, Philox rng)
    {
        float[] numbers = new float[shape.Aggregate(1L, (product, side) => product * side)];
        rng.FillNormal(numbers);
        return tensor(numbers, shape);
    }

    private static Tensor Uniform(long[] shape, double bound, Philox rng)
    {
        float[] numbers = new float[shape.Aggregate(1L, (product, side) => product * side)];
        rng.FillUniform(numbers);
        return tensor(numbers, shape).mul_(2 * bound).sub_(bound);
    }

    private static Tensor Orthogonal(long[] shape, Philox rng)
    {
        long rows = shape[0], columns = shape.Skip(1).Aggregate(1L, (product, side) => product * side);
        var (q, r) = linalg.qr(Normal([Math.Max(rows, columns), Math.Min(rows, columns)], rng).to(ScalarType.Float64));
        var basis = q * r.diagonal().sign(); // uniform over orthogonal matrices: Mezzadri 2007, arXiv math-ph/0609050
        return (rows < columns ? basis.t() : basis).reshape(shape);
    }

    private static void LikeTorch(Tensor values, double fanIn, Generator generator)
    {
        double bound = Math.Sqrt(1 / fanIn);
        using var numbers = empty(values.shape, values.dtype).uniform_(-bound, bound, generator); // on the CPU, as the generator is
        values.copy_(numbers);
    }
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Networks.Layers;

/// <summary>
/// A convolution whose weights are not shared: every place of the output has kernels and biases of its own. What a convolution
/// could be if it did not know that pictures look alike everywhere.
/// </summary>
/// <remarks>Stride 1, no padding: y[n, f, p] = b[p, f] + Σ w[p, f, :] · x[n, patch p]. Li et al. 2018 call networks of it untied.
/// The kernels are one parameter [places · filters, channels, kernel, kernel], so that fan in is that of the convolution.</remarks>
public sealed class UntiedConvolution : nn.Module<Tensor, Tensor>
{
    private readonly TorchSharp.Modules.Parameter weight, bias;
    private readonly long kernel;

    /// <summary>Makes the layer with all weights 0.</summary>
    /// <param name="inputShape">[C, H, W].</param>
    /// <param name="filters">Outputs at each place.</param>
    /// <param name="kernel">Side of a patch, at most that of the input.</param>
    /// <exception cref="ArgumentException">The input has another shape, or is smaller than a patch.</exception>
    public UntiedConvolution(IReadOnlyList<long> inputShape, long filters, long kernel)
        : base(nameof(UntiedConvolution))
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (inputShape is not [var channels, var height, var width] || Math.Min(height, width) < kernel)
        {
            throw new ArgumentException(
                $"The input is {Check.Describe([.. inputShape])}; it must be [C, H, W] with sides of at least {kernel}.", nameof(inputShape));
        }

        this.kernel = Check.Positive(kernel);
        OutputShape = [Check.Positive(filters), height - kernel + 1, width - kernel + 1];
        long places = OutputShape[1] * OutputShape[2];
        weight = nn.Parameter(zeros(places * filters, channels, kernel, kernel));
        bias = nn.Parameter(zeros(places * filters));
        RegisterComponents();
    }

    /// <summary>[filters, H − kernel + 1, W − kernel + 1].</summary>
    public IReadOnlyList<long> OutputShape { get; }

    /// <summary>Multiplies each patch by its own kernels.</summary>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, ...OutputShape]; the caller owns it.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        long filters = OutputShape[0], places = OutputShape[1] * OutputShape[2];
        var patches = nn.functional.unfold(input, (kernel, kernel)).permute(2, 1, 0);      // [places, C · kernel², N]
        var sums = weight.view(places, filters, -1).bmm(patches) + bias.view(places, filters, 1); // [places, filters, N]
        return sums.permute(2, 1, 0).reshape([input.shape[0], .. OutputShape]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight.Dispose();
            bias.Dispose();
        }

        base.Dispose(disposing);
    }
}

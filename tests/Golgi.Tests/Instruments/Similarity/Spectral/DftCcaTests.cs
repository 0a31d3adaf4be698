using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Whitening;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Similarity.Spectral;

/// <summary>What the Fourier transform makes of convolutional layers (Raghu et al. 2017, theorem 1).</summary>
public sealed class DftCcaTests
{
    [Fact]
    public void Frequency_zero_is_average_pooling()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 60, 3, 6, 5), Matrices.Normal(2, 60, 4, 6, 5));
        y.narrow(1, 0, 2).add_(x.narrow(1, 0, 2));
        using var pooled = Overlap.Of(x.mean([2L, 3L]), y.mean([2L, 3L]));
        Assert.Equal(new Cca().Of(pooled).Value, DftCca.Of(x, y).Zero, 1e-9);
    }

    [Fact]
    public void On_data_closed_under_translation_frequencies_give_what_flattened_maps_give()
    {
        using var scope = NewDisposeScope();
        var (x, y) = ClosedLayers();
        using var flat = Overlap.Of(x.flatten(1), y.flatten(1));
        double[] whole = [.. new Cca().Of(flat).Coefficients];
        var found = DftCca.Of(x, y);
        Assert.Equal(whole.Length, found.Coefficients.Count);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], found.Coefficients[i], 1e-7);
    }

    [Fact]
    public void Maps_of_different_size_are_compared_on_their_common_frequencies()
    {
        using var scope = NewDisposeScope();
        var small = Matrices.Normal(4, 50, 2, 4, 4);
        var large = nn.functional.interpolate(small, scale_factor: [2.0, 2.0], mode: InterpolationMode.Nearest);
        var found = DftCca.Of(small, large);
        Assert.Equal((4, 4), (found.Frequencies.Count, found.Frequencies[0].Count));
        Assert.Equal(1, found.Zero, 9);
    }

    /// <summary>Two circular convolutions of 8 images in all 16 translations: [128, 3, 4, 4].</summary>
    internal static (Tensor Left, Tensor Right) ClosedLayers()
    {
        var images = Matrices.Normal(3, 8, 1, 4, 4);
        var closed = cat([.. from dx in Enumerable.Range(0, 4) from dy in Enumerable.Range(0, 4) select images.roll([dx, dy], [2L, 3L])]);
        return (Layer(closed, 10), Layer(closed, 20));
    }

    private static Tensor Layer(Tensor images, ulong seed)
    {
        var filters = Matrices.Normal(seed, 3, 1, 3, 3);
        var padded = cat([images.narrow(2, 3, 1), images, images.narrow(2, 0, 1)], 2);
        padded = cat([padded.narrow(3, 3, 1), padded, padded.narrow(3, 0, 1)], 3);
        return nn.functional.relu(nn.functional.conv2d(padded, filters));
    }
}

using Golgi.Data;
using Golgi.Foundation;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>The Fourier spectrum of pictures.</summary>
public static class Spectrum
{
    /// <summary>The least side, in pixels, for which there is a slope.</summary>
    internal const int LeastSide = 8;

    private const int ImagesAtOnce = 16; // of 512 pixels 50 MB, and several times that for what is derived from them

    /// <summary>The slope of the log radial power spectrum over log frequency: about −2 for natural images, 0 for
    /// white noise.</summary>
    /// <param name="picture">[C, H, W], any scale; channels are averaged; at least 8×8.</param>
    /// <remarks>Mean power per ring of whole cycles per picture, from 2 up to 3/8 of the smaller side; least squares.
    /// A Hann window keeps the border's jump out of the spectrum.</remarks>
    public static double Slope(Tensor picture)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var gray = Check.Shape(picture, "[C, H, W]").detach().to(ScalarType.Float64).mean([0L]);
        long height = gray.shape[0], width = gray.shape[1];
        if (Math.Min(height, width) < LeastSide)
        {
            throw new ArgumentException(
                $"The picture is {height}x{width}; a spectrum needs {LeastSide}x{LeastSide} or more.", nameof(picture));
        }

        gray -= gray.mean();
        var window = outer(
            hann_window(height, periodic: true, dtype: ScalarType.Float64),
            hann_window(width, periodic: true, dtype: ScalarType.Float64));
        double[] power = [.. fft.fft2(gray * window).abs().square().contiguous().data<double>()];
        int last = (int)(Math.Min(height, width) * 3 / 8);
        double[] sums = new double[last + 1], counts = new double[last + 1];
        for (int row = 0; row < height; row++)
        {
            double y = row <= height / 2 ? row : row - height;
            for (int column = 0; column < width; column++)
            {
                double x = column <= width / 2 ? column : column - width;
                int ring = (int)Math.Round(Math.Sqrt((x * x) + (y * y)));
                if (ring > last) continue;
                sums[ring] += power[(row * width) + column];
                counts[ring]++;
            }
        }

        var points = Enumerable.Range(2, last - 1)
            .Where(ring => sums[ring] > 0)
            .Select(ring => (X: Math.Log(ring), Y: Math.Log(sums[ring] / counts[ring])))
            .ToArray();
        double meanX = points.Average(point => point.X), meanY = points.Average(point => point.Y);
        return points.Sum(point => (point.X - meanX) * (point.Y - meanY))
            / points.Sum(point => (point.X - meanX) * (point.X - meanX));
    }

    /// <summary>The mean magnitude of images' coefficients, what <see cref="PhaseCanvas"/> keeps.</summary>
    /// <param name="images">Raw images, all of one size, brought to the canvas's by <see cref="Resample"/>.</param>
    /// <param name="count">How many images at the most, spread over the set.</param>
    /// <param name="height">The canvas's height.</param>
    /// <param name="width">The canvas's width.</param>
    /// <returns>float32 [C, height, width / 2 + 1], of decorrelated logits; the caller owns it.</returns>
    public static Tensor Magnitudes(Examples images, int count, long height, long width)
    {
        ArgumentNullException.ThrowIfNull(images);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        long used = Math.Min(Check.Positive(count), images.Count);
        Tensor? sum = null;
        foreach (long[] part in Enumerable.Range(0, (int)used).Select(i => i * images.Count / used).Chunk(ImagesAtOnce))
        {
            using var inner = NewDisposeScope();
            var raw = Resample.To(images.Read(tensor(part)).to(ScalarType.Float32), height, width);
            var magnitudes = fft.rfft2(Squash.Inverse(raw)).abs().sum([0L]);
            sum = (sum is null ? magnitudes : sum.add_(magnitudes)).MoveToOuterDisposeScope();
        }

        return (sum! / used).MoveToOuterDisposeScope();
    }

    /// <summary>Magnitudes that fall off as 1 / frequency, for canvases without images to take them from.</summary>
    /// <returns>float32 [channels, height, width / 2 + 1]; the caller owns it.</returns>
    public static Tensor Natural(long channels, long height, long width)
    {
        using var scope = NewDisposeScope();
        return FourierCanvas.Scale(height, width, 1).unsqueeze(0).expand(channels, -1, -1).contiguous().MoveToOuterDisposeScope();
    }
}

using Golgi.Ascent.Canvases;
using Golgi.Data;
using Golgi.Imaging;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent.Canvases;

public sealed class CanvasTests
{
    [Theory]
    [InlineData("fourier", 3, 8, 8)]
    [InlineData("fourier", 1, 7, 9)]
    [InlineData("fourier", 2, 6, 11)]
    [InlineData("sigmoid", 3, 8, 6)]
    [InlineData("pyramid", 3, 16, 12)]
    [InlineData("raw", 3, 5, 9)]
    public void What_is_painted_is_rendered(string kind, long channels, long height, long width)
    {
        using var scope = NewDisposeScope();
        var shape = new CanvasShape(2, channels, height, width);
        using var canvas = Make(kind, shape);
        float[] values = new float[2 * channels * height * width];
        new Philox(3).FillUniform(values);
        var pictures = (tensor(values, shape.Sizes) * 200) + 20;
        canvas.Paint(pictures);
        Near.Equal(pictures, canvas.Render(), 1e-4);
        Assert.True(canvas.Coordinates.requires_grad && canvas.Coordinates.is_leaf);
    }

    [Fact]
    public void A_single_coefficient_is_a_cosine_with_the_amplitude_of_the_formula()
    {
        using var scope = NewDisposeScope();
        const int height = 8, width = 8, row = 1, column = 2;
        using var canvas = new FourierCanvas(new CanvasShape(1, 1, height, width), new Philox(1));
        using (no_grad())
        {
            canvas.Coordinates.zero_();
            canvas.Coordinates[0, 0, row, column, 0] = 1f;
        }

        double frequency = Math.Sqrt((row * row) + (column * column)) / 8;
        double amplitude = Math.Sqrt(height * width) / frequency * 2 / (height * width) / 4; // scale · 2 / HW / 4, unnormalized transform
        double[,] expected = new double[height, width];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) expected[y, x] = amplitude * Math.Cos(2 * Math.PI * ((row * y) + (column * x)) / 8.0);
        }

        var logits = (canvas.Render()[0, 0] / 255).logit();
        Near.Equal(tensor(expected), logits, 1e-4);
    }

    [Fact]
    public void Phases_leave_the_magnitudes_as_they_are_given()
    {
        using var scope = NewDisposeScope();
        var shape = new CanvasShape(1, 3, 16, 12);
        var magnitudes = Spectrum.Natural(3, 16, 12);
        using var canvas = new PhaseCanvas(shape, magnitudes, new Philox(5));
        var found = fft.rfft2(canvas.Plain())[0].abs();
        Near.Equal(magnitudes.narrow(2, 1, 5), found.narrow(2, 1, 5), 1e-4); // inner columns: the outer ones are their own mirror images
    }

    [Fact]
    public void Magnitudes_of_images_are_the_mean_over_all_of_them()
    {
        using var scope = NewDisposeScope();
        const int Count = 35; // more than are read at once, and no multiple of it
        using var data = new TensorExamples(randint(0, 256, [Count, 3, 8, 6], ScalarType.Byte), zeros(Count, ScalarType.Int64));
        var raw = data.Read(arange(Count)).to(ScalarType.Float32);
        Near.Equal(fft.rfft2(Squash.Inverse(raw)).abs().mean([0L]), Spectrum.Magnitudes(data, Count, 8, 6), Near.Single);
        var halves = fft.rfft2(Squash.Inverse(Resample.To(raw[TensorIndex.Slice(0, null, 5)], 4, 3))).abs().mean([0L]);
        Near.Equal(halves, Spectrum.Magnitudes(data, 7, 4, 3), Near.Single); // every fifth
    }

    [Fact]
    public void The_color_matrix_has_the_published_columns()
    {
        // rgb = t Mᵀ: t's first coordinate is light, the second red against blue, the third green against both.
        double[] expected = [0.5628, 0.1948, 0.0433, 0.5845, 0, -0.1082, 0.5845, -0.1948, 0.0649];
        Assert.All(expected.Zip(ColorSpace.Matrix), pair => Assert.Equal(pair.First, pair.Second, 4));
    }

    [Fact]
    public void A_pictures_start_does_not_depend_on_the_batch()
    {
        using var scope = NewDisposeScope();
        using var both = new FourierCanvas(new CanvasShape(2, 3, 8, 8), new Philox(1, 4));
        using var second = new FourierCanvas(new CanvasShape(1, 3, 8, 8), new Philox(1, 5));
        Near.Exact(both.Coordinates[1], second.Coordinates[0]);
    }

    [Fact]
    public void A_window_is_worked_on_alone_and_put_back()
    {
        using var scope = NewDisposeScope();
        using var canvas = new RawCanvas(new CanvasShape(1, 1, 6, 6), [100]);
        canvas.Focus(1, 2, 3, 3);
        using (no_grad()) canvas.Coordinates.add_(7);
        var whole = canvas.RenderWhole();
        Assert.Equal(100 * 36 + (7 * 9), whole.sum().item<float>());
        Assert.Equal(107f, whole[0, 0, 1, 2].item<float>());
        canvas.Enlarge(2);
        Assert.Equal((12L, 12L), canvas.Size);
    }

    [Fact]
    public void The_spectrum_slope_of_white_noise_is_flat_and_that_of_its_integral_falls_by_two()
    {
        using var scope = NewDisposeScope();
        float[] values = new float[3 * 128 * 128];
        new Philox(6).FillNormal(values);
        var noise = tensor(values, [3, 128, 128]);
        Assert.InRange(Spectrum.Slope(noise), -0.15, 0.15);
        var scaled = fft.irfft2(fft.rfft2(noise) * FourierCanvas.Scale(128, 128, 1), [128, 128]);
        Assert.InRange(Spectrum.Slope(scaled), -2.2, -1.8);
    }

    private static Canvas Make(string kind, CanvasShape shape) => kind switch
    {
        "fourier" => new FourierCanvas(shape, new Philox(1)),
        "sigmoid" => new SigmoidCanvas(shape, new Philox(1)),
        "pyramid" => new PyramidCanvas(shape, new Philox(1)),
        _ => new RawCanvas(shape, [100, 110, 120]),
    };
}

using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>What can be varied, by name. A new canvas is its class and a line here.</summary>
public static class CanvasCatalog
{
    /// <summary>All kinds; plain pixels first.</summary>
    public static IReadOnlyList<CanvasKind> All { get; } =
    [
        new("pixels", "plain pixels around the mean picture", Pixel) { TakesStart = true },
        new("sigmoid", "pixels behind a sigmoid, decorrelated colors", request => new SigmoidCanvas(request.Shape, request.Noise)),
        new("fourier", "Fourier coefficients: frequency preconditioning", request => new FourierCanvas(request.Shape, request.Noise)),
        new("pyramid", "a sum of coarse and fine pictures (Laplacian)", request => new PyramidCanvas(request.Shape, request.Noise)),
        new("phase", "Fourier phases, magnitudes given", Phase) { Complete = false },
    ];

    /// <summary>A kind by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public static CanvasKind Find(string name)
    {
        Check.Known(name, All.Select(kind => kind.Name), "canvas");
        return All.First(kind => kind.Name == name);
    }

    private static RawCanvas Pixel(CanvasRequest request)
    {
        using var scope = NewDisposeScope();
        var canvas = new RawCanvas(request.Shape, request.Mean);
        canvas.Paint(request.Start.Draw(request.Shape, canvas.Mean, request.Noise));
        return canvas;
    }

    private static PhaseCanvas Phase(CanvasRequest request)
    {
        using var scope = NewDisposeScope();
        var shape = request.Shape;
        var magnitudes = request.Magnitudes?.Invoke() ?? Spectrum.Natural(shape.Channels, shape.Height, shape.Width);
        return new PhaseCanvas(shape, magnitudes, request.Noise);
    }
}

namespace Golgi.Ascent.Canvases;

/// <summary>What is varied.</summary>
public enum CanvasKind
{
    /// <summary>Plain pixels around the mean picture: <see cref="RawCanvas"/>.</summary>
    Pixels,

    /// <summary>Pixels behind a sigmoid, decorrelated colors: <see cref="SigmoidCanvas"/>.</summary>
    Sigmoid,

    /// <summary>Fourier coefficients: <see cref="FourierCanvas"/>.</summary>
    Fourier,

    /// <summary>A sum of coarse and fine pictures: <see cref="PyramidCanvas"/>.</summary>
    Pyramid,

    /// <summary>Fourier phases, magnitudes given: <see cref="PhaseCanvas"/>.</summary>
    Phase,
}

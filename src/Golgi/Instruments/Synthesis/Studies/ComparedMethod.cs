using Golgi.Ascent.Canvases;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What two networks make of the pictures of one method. Shares of pictures whose class comes first, or among the first five, in [0,
/// 1].</summary>
/// <param name="Method">The method, or <c>photographs</c>.</param>
/// <param name="TargetAccuracy">First with the network that the pictures were made for.</param>
/// <param name="TargetTop5">Among its first five.</param>
/// <param name="JudgeAccuracy">First with the judge, shown the pictures as they are.</param>
/// <param name="JudgeTop5">Among its first five.</param>
/// <param name="OwnSizeAccuracy">First with the judge, shown them in its own size.</param>
/// <param name="OwnSizeTop5">Among its first five.</param>
/// <param name="SpectrumSlope">The mean of <see cref="Spectrum.Slope"/>.</param>
/// <param name="LeastDeviation">Of the palest picture, the standard deviation from its mean color in gray levels of 255; null for
/// photographs.</param>
public sealed record ComparedMethod(
    string Method,
    double TargetAccuracy,
    double TargetTop5,
    double JudgeAccuracy,
    double JudgeTop5,
    double OwnSizeAccuracy,
    double OwnSizeTop5,
    double SpectrumSlope,
    double? LeastDeviation);
